package io.argos.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
  private static final Moment NOW = new Moment(Instant.EPOCH, Instant.EPOCH, 0, 0);

  @Test
  void readsEveryTag() {
    Recording recording =
        parse(
            """
            # a comment
            1.3.6.1.1|2|-5
            1.3.6.1.2|4|text | with bars
            1.3.6.1.3|4x|00ff

            1.3.6.1.4|5|
            .1.3.6.1.5|6|1.3.6.1.4.1.9
            1.3.6.1.6|64|192.0.2.1
            1.3.6.1.7|64x|c0000202
            1.3.6.1.8|65|4294967295
            1.3.6.1.9|66|4294967295
            1.3.6.1.10|67|1
            1.3.6.1.11|68x|9f78
            1.3.6.1.12|70|18446744073709551615
            """);

    assertThat(all(recording))
        .extracting(varbind -> varbind.value().tag() + " " + varbind.value())
        .containsExactly(
            "2 -5",
            "4 text | with bars",
            "4 00ff",
            "5 NULL",
            "6 1.3.6.1.4.1.9",
            "64 c0000201",
            "64 c0000202",
            "65 4294967295",
            "66 4294967295",
            "67 1",
            "68 9f78",
            "70 18446744073709551615");
  }

  @Test
  void keepsOctetsAsTheyStand() {
    byte[] line = "1.3.6.1.1|4|caf".getBytes(StandardCharsets.US_ASCII);
    byte[] content = Arrays.copyOf(line, line.length + 3);
    content[line.length] = (byte) 0xe9;
    content[line.length + 1] = '\r';
    content[line.length + 2] = '\n';

    Value value = Recording.parse("test", content).get(ObjectId.parse("1.3.6.1.1"), NOW);

    assertThat(value).isEqualTo(Value.octets(new byte[] {'c', 'a', 'f', (byte) 0xe9}));
  }

  @Test
  void refusesWithEveryLineThatIsWrong() {
    String lines =
        """
        1.3.6.1.1|2|1
        nonsense
        1.3.6.1.2|65:numeric|rate=100
        1.3.6.1.3|66|-1
        1.3.6.x|2|1
        1.3.6.1.4|4x|0g
        1.3.6.1.5|64|host.example
        1.3.6.1.6|99|1
        1.3.6.1.1|2|1
        1.3.6.1.1|2|2
        """;

    assertThatThrownBy(() -> parse(lines))
        .isInstanceOfSatisfying(
            RecordingException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "test:2: 'nonsense' is not OID|TAG|VALUE",
                        "test:3: the tag '65:numeric' asks for snmpsim's variation module"
                            + " 'numeric', which is not served; record plain values",
                        "test:4: '-1' is not a number from 0 to 4294967295",
                        "test:5: '1.3.6.x' is not an object identifier such as"
                            + " 1.3.6.1.2.1.1.3.0",
                        "test:6: '0g' is not hexadecimal",
                        "test:7: 'host.example' is not an IPv4 address",
                        "test:8: '99' is not a tag such as 2, 4, 4x, 5, 6, 64, 65, 66, 67, 68"
                            + " or 70",
                        "test:10: 1.3.6.1.1 had another value before"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cisco-health", "juniper-health", "host-resources", "ups"})
  void servesTheShippedRecordings(String name) {
    assertThat(Recording.shipped(name).size()).isGreaterThan(10);
  }

  @Test
  void servesTheConformanceRecordings() throws IOException {
    Optional<Path> conformance = conformance();
    assumeThat(conformance).as("conformance data is not here").isPresent();

    try (Stream<Path> files = Files.walk(conformance.orElseThrow())) {
      List<Path> recordings = files.filter(f -> f.toString().endsWith(".snmprec")).toList();

      assertThat(recordings).isNotEmpty();
      for (Path file : recordings) {
        assertThat(all(Recording.read(file))).as(file.toString()).isNotEmpty();
      }
    }
  }

  private static Optional<Path> conformance() {
    String named = System.getenv("ARGOS_CONFORMANCE");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path beside = at.resolve("../shared/conformance").normalize();
      if (Files.exists(at.resolve("LICENSE")) && Files.isDirectory(beside)) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }

  private static Recording parse(String lines) {
    return Recording.parse("test", lines.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Varbind> all(Recording recording) {
    List<Varbind> all = new ArrayList<>();
    Optional<Varbind> next = recording.next(ObjectId.of(0), NOW);
    while (next.isPresent()) {
      all.add(next.get());
      next = recording.next(next.get().oid(), NOW);
    }
    assertThat(all).hasSize(recording.size());
    return all;
  }
}
