package io.argos.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupReaderTest {
  private static final String TABLE =
      """
      profile: p
      match: {}
      tables:
        port:
          columns: { name: 1.3.6.1.4.1.99999.1.1 }
      groups:
        port:
          table: port
      """;

  @Test
  void readsColumnsThatAreNoMetrics() throws ProfileException {
    GroupSpec group =
        read(
            """
                polled:
                  words: { oid: 1.3.6.1.4.1.99999.1.2, as: text }
                  many: { oid: 1.3.6.1.4.1.99999.1.3, under: name, take: last }
                metrics:
                  number: { value: "number(part(words, ' ', 0))" }
                  last: { value: many }
            """);

    assertThat(group.metrics())
        .extracting(GroupSpec.Metric::name)
        .containsExactly("number", "last");
    assertThat(group.polled()).extracting(PolledSpec::name).containsExactly("words", "many");
    assertThat(group.polled().getLast().join())
        .isInstanceOfSatisfying(
            PolledSpec.Join.Under.class, under -> assertThat(under.last()).isTrue());
  }

  @Test
  void saysWhichKeysDoNotGoTogether() {
    assertThat(
            problems(
                """
                    polled: { name: 1.3.6.1.4.1.99999.1.2 }
                    metrics: { m: { value: 1 } }
                """))
        .containsExactly("p.yaml:9:21: 'name' is a column already");
    assertThat(problems("    metrics: { m: { oid: 1.3.6.1.4.1.99999.1.2, take: last } }\n"))
        .containsExactly("p.yaml:9:55: only a column joined by 'under' takes first or last");
    assertThat(
            problems(
                """
                    required: true
                    optional: true
                    metrics: { m: { value: 1 } }
                """))
        .containsExactly("p.yaml:10:15: a group is required or optional, not both");
    assertThat(
            problems(
                """
                    fold: all
                    distinct: true
                    metrics: { m: { value: count() } }
                """))
        .containsExactly("p.yaml:10:15: rows that fold are distinct already");
  }

  private static GroupSpec read(String group) throws ProfileException {
    ProfileReader reader = new ProfileReader();
    reader.add("p.yaml", TABLE + group);
    return reader.read().get("p").groups().getFirst();
  }

  private static List<String> problems(String group) {
    ProfileReader reader = new ProfileReader();
    reader.add("p.yaml", TABLE + group);
    ProfileException failure = catchThrowableOfType(ProfileException.class, reader::read);
    return failure.problems().stream().map(Problem::toString).toList();
  }
}
