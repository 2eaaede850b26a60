package io.argos.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/**
 * Public topics are a contract: a record must be readable by every released version and read every
 * released version (full, transitive). The released schemas stand in {@code released/<version>};
 * {@code -Dargos.schemas.release=VERSION} adds those of today.
 */
class ReleasedSchemasTest {
  private static final Path RELEASED = Path.of("released");

  @Test
  void theSchemasOfTodayFitEveryReleasedOne() throws IOException {
    String release = System.getProperty("argos.schemas.release", "");
    if (!release.isEmpty()) {
      write(RELEASED.resolve(release));
    }
    List<String> broken = new ArrayList<>();
    int compared = 0;
    for (Path version : children(RELEASED)) {
      for (Path file : children(version)) {
        Schema old = new Schema.Parser().parse(Files.readString(file));
        compared++;
        Schema today =
            today()
                .filter(schema -> schema.getFullName().equals(old.getFullName()))
                .findFirst()
                .orElse(null);
        if (today == null) {
          broken.add(old.getFullName() + " of " + version.getFileName() + " is gone");
        } else {
          broken.addAll(breaks(old, today, version.getFileName().toString()));
        }
      }
    }

    assertThat(compared).isPositive();
    assertThat(broken).isEmpty();
  }

  @Test
  void anIncompatibleChangeIsRefused() {
    Schema old = parse("{\"name\":\"a\",\"type\":\"string\"}");
    Schema required =
        parse("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\"}");
    Schema optional =
        parse(
            "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\",\"default\":\"\"}");

    assertThat(breaks(old, required, "1")).isNotEmpty();
    assertThat(breaks(old, parse("{\"name\":\"a\",\"type\":\"long\"}"), "1")).hasSize(2);
    assertThat(breaks(old, optional, "1")).isEmpty();
  }

  private static Schema parse(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
  }

  private static List<String> breaks(Schema old, Schema today, String version) {
    List<String> broken = new ArrayList<>();
    if (!canRead(today, old)) {
      broken.add(today.getName() + " of today cannot read that of " + version);
    }
    if (!canRead(old, today)) {
      broken.add(today.getName() + " of " + version + " cannot read that of today");
    }
    return broken;
  }

  private static boolean canRead(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  private static Stream<Schema> today() {
    return new Topics("argos")
        .specs(4, Set.of("main")).stream()
            .flatMap(spec -> spec.record().stream())
            .distinct()
            .map(type -> SpecificData.get().getSchema(type));
  }

  private static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Schema schema : today().toList()) {
      Files.writeString(folder.resolve(schema.getName() + ".avsc"), schema.toString(true) + "\n");
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
