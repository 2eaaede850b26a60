package io.argos.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON Schema knows the keys that the reader knows. */
class ProfileSchemaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | bad: 1",
        "/$defs/rule | match: { bad: 1 }",
        "/properties/snmp | snmp: { bad: 1 }",
        "/properties/identity | identity: { bad: 1 }",
        "/$defs/table | tables: { t: { bad: 1 } }",
        "/$defs/source | tables: { t: { columns: { a: { oid: [ { oid: 1.3, bad: 1 } ] } } } }",
        "/$defs/polled/oneOf/1 | tables: { t: { polled: { a: { oid: 1.3, bad: 1 } } } }",
        "/$defs/dimension/oneOf/1 | groups: { g: { dimensions: { a: { value: 1, bad: 1 } } } }",
        "/$defs/group | groups: { g: { bad: 1 } }",
        "/$defs/check | checks: { c: { bad: 1 } }",
        "/$defs/event | events: { e: { bad: 1 } }",
        "/$defs/varbind/oneOf/1 | events: { e: { varbinds: { v: { oid: 1.3, bad: 1 } } } }",
      })
  void knowsTheKeysOf(String pointer, String yaml) throws IOException {
    ProfileReader reader = new ProfileReader();
    reader.add("p.yaml", "profile: p\n" + yaml + "\n");

    ProfileException failure = catchThrowableOfType(ProfileException.class, reader::read);

    String message =
        failure.problems().stream()
            .map(Problem::message)
            .filter(text -> text.startsWith("'bad' is not a key"))
            .findFirst()
            .orElseThrow();
    List<String> read = List.of(message.substring(message.indexOf("known are ") + 10).split(", "));
    assertThat(read).containsExactlyElementsOf(keys(pointer));
  }

  private static TreeSet<String> keys(String pointer) throws IOException {
    try (InputStream in =
        ProfileSchemaTest.class.getResourceAsStream("/profiles/profile.schema.json")) {
      JsonNode schema = new ObjectMapper().readTree(in);
      List<String> names = new ArrayList<>();
      schema.at(pointer).path("properties").fieldNames().forEachRemaining(names::add);
      return new TreeSet<>(names);
    }
  }
}
