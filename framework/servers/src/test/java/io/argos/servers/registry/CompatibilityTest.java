package io.argos.servers.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class CompatibilityTest {
  private static final Schema ONE =
      SchemaBuilder.record("R").fields().requiredString("a").endRecord();
  private static final Schema NEW_FIELD_WITHOUT_DEFAULT =
      SchemaBuilder.record("R").fields().requiredString("a").requiredLong("b").endRecord();
  private static final Schema NO_FIELD = SchemaBuilder.record("R").fields().endRecord();

  @Test
  void asksOnlyForWhatTheLevelSays() {
    List<RegisteredSchema> former = List.of(registered(1, ONE));

    assertThat(Compatibility.NONE.breaks(NEW_FIELD_WITHOUT_DEFAULT, former)).isEmpty();
    assertThat(Compatibility.FORWARD.breaks(NEW_FIELD_WITHOUT_DEFAULT, former)).isEmpty();
    assertThat(Compatibility.BACKWARD.breaks(NEW_FIELD_WITHOUT_DEFAULT, former))
        .singleElement()
        .asString()
        .startsWith("new schema cannot read version 1: READER_FIELD_MISSING_DEFAULT_VALUE");
    assertThat(Compatibility.BACKWARD.breaks(NO_FIELD, former)).isEmpty();
    assertThat(Compatibility.FULL.breaks(NO_FIELD, former))
        .singleElement()
        .asString()
        .startsWith("new schema cannot be read by version 1");
  }

  @Test
  void looksAtTheLastVersionOnlyUnlessTransitive() {
    List<RegisteredSchema> former =
        List.of(registered(1, ONE), registered(2, NEW_FIELD_WITHOUT_DEFAULT));

    assertThat(Compatibility.BACKWARD.breaks(NEW_FIELD_WITHOUT_DEFAULT, former)).isEmpty();
    assertThat(Compatibility.BACKWARD_TRANSITIVE.breaks(NEW_FIELD_WITHOUT_DEFAULT, former))
        .singleElement()
        .asString()
        .contains("version 1");
  }

  @Test
  void acceptsTheFirstVersionWhateverItIs() {
    assertThat(Compatibility.FULL_TRANSITIVE.breaks(ONE, List.of())).isEmpty();
  }

  @Test
  void readsNamesInEitherCase() {
    assertThat(Compatibility.of("full_transitive")).contains(Compatibility.FULL_TRANSITIVE);
    assertThat(Compatibility.of("sometimes")).isEmpty();
  }

  private static RegisteredSchema registered(int version, Schema schema) {
    return new RegisteredSchema("s", version, version, schema.toString(), schema);
  }
}
