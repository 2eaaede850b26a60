package io.argos.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.argos.profile.ProfileCatalog;
import io.argos.schemas.Severity;
import io.argos.snmp.Oid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  private static final String TABLE =
      """
      profile: p
      match: {}
      tables:
        port:
          columns: { name: 1.3.6.1.4.1.99999.1.1 }
      events:
      """;

  @Test
  void readsWhatATrapMeans() throws ProfileException {
    List<EventSpec> events =
        read(
            """
              door_open:
                trap: [1.3.6.1.4.1.99999.9.1, 1.3.6.1.4.1.99999.8.0.1]
                varbinds:
                  door: 1.3.6.1.4.1.99999.3.1
                  state: { oid: 1.3.6.1.4.1.99999.3.2, map: { 1: open, 2: broken } }
                when: state != 'closed'
                severity: "state == 'broken' ? 'critical' : 'minor'"
                table: port
                index: door
                summary: "Door {row ?? door} is {state}"
              door_closed:
                trap: 1.3.6.1.4.1.99999.9.2
                summary: Shut
                clears: door_open
            """);

    EventSpec open = events.getFirst();
    assertThat(open.traps()).hasSize(2);
    assertThat(open.varbinds())
        .extracting(EventSpec.Varbind::name)
        .containsExactly("door", "state");
    assertThat(open.rating()).isInstanceOf(EventSpec.Rating.Computed.class);
    assertThat(open.row()).hasValueSatisfying(row -> assertThat(row.table()).isEqualTo("port"));
    assertThat(open.summary()).hasToString("Door {row ?? door} is {state}");
    EventSpec closed = events.getLast();
    assertThat(closed.rating()).isEqualTo(new EventSpec.Rating.Fixed(Severity.CLEARED));
    assertThat(closed.clears()).containsExactly("door_open");
  }

  @Test
  void takesATrapOfEitherVersionForOne() throws ProfileException {
    EventSpec event = read("  e: { trap: 1.3.6.1.2.1.33.2.1, summary: x }\n").getFirst();

    assertThat(event.isAbout(Oid.parse("1.3.6.1.2.1.33.2.1"))).isTrue();
    assertThat(event.isAbout(Oid.parse("1.3.6.1.2.1.33.2.0.1"))).isTrue();
    assertThat(event.isAbout(Oid.parse("1.3.6.1.2.1.33.2.0.2"))).isFalse();
    assertThat(event.isAbout(Oid.parse("1.3.6.1.2.1.33.2.1.1"))).isFalse();
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThat(problems("  e: { summary: x }"))
        .containsExactly("p.yaml:7:6: an event names its trap, the value of snmpTrapOID");
    assertThat(problems("  e: { trap: 1.3.6.1.4.1.9 }"))
        .containsExactly("p.yaml:7:6: an event has a summary, one sentence for a reader");
    assertThat(problems("  e: { trap: here, summary: x }"))
        .containsExactly("p.yaml:7:14: 'here' is not an oid such as 1.3.6.1.2.1.1.3.0");
    assertThat(problems("  e: { trap: 1.3.6.1.4.1.9, summary: 'now {gone}' }"))
        .singleElement()
        .asString()
        .startsWith("p.yaml:7:44: there is no column or scalar 'gone'");
    assertThat(problems("  e: { trap: 1.3.6.1.4.1.9, summary: 'now {sysName' }"))
        .containsExactly("p.yaml:7:43: this brace is not closed");
    assertThat(problems("  e: { trap: 1.3.6.1.4.1.9, summary: x, severity: dire }"))
        .containsExactly(
            "p.yaml:7:51: 'dire' is none of cleared, info, warning, minor, major and critical");
    assertThat(problems("  e: { trap: 1.3.6.1.4.1.9, summary: x, clears: gone }"))
        .containsExactly("p.yaml:7:49: there is no other event 'gone' to clear; known are [e]");
    assertThat(problems("  e: { trap: 1.3.6.1.4.1.9, summary: x, table: port }"))
        .containsExactly(
            "p.yaml:7:6: an event that is about a row names its 'table' and its 'index'");
    assertThat(problems("  e: { trap: 1.3.6.1.4.1.9, summary: x, table: t, index: sysName }"))
        .containsExactly("p.yaml:7:48: there is no table 't' that is kept; known are [port]");
    assertThat(
            problems(
                "  e: { trap: 1.3.6.1.4.1.9, summary: x, varbinds: { row: 1.3.6.1.4.1.9.1 } }"))
        .containsExactly("p.yaml:7:58: 'row' is a name that every event knows already");
  }

  @Test
  void laysAnEventOverTheInheritedOneAndTakesOneOut() throws ProfileException {
    ProfileCatalog catalog =
        ProfileCatalog.of(
            Map.of(
                "p.yaml",
                TABLE
                    + """
                      door: { trap: 1.3.6.1.4.1.9.1, severity: minor, summary: Open }
                      other: { trap: 1.3.6.1.4.1.9.2, summary: Other }
                    """,
                "q.yaml",
                """
                profile: q
                extends: p
                match: { type: q }
                events:
                  door: { severity: critical }
                  other: ~
                """));

    List<EventSpec> events = catalog.find("q").orElseThrow().events();

    assertThat(events).extracting(EventSpec::name).containsExactly("door");
    assertThat(events.getFirst().rating()).isEqualTo(new EventSpec.Rating.Fixed(Severity.CRITICAL));
    assertThat(events.getFirst().summary()).hasToString("Open");
  }

  @Test
  void shippedProfilesKnowTheTrapsOfEveryAgent() {
    assertThat(ProfileCatalog.shipped().profiles())
        .filteredOn(profile -> !profile.isAbstract())
        .allSatisfy(profile ->
            assertThat(profile.events())
                .extracting(EventSpec::name)
                .contains("cold_start", "authentication_failure", "link_down", "link_up"));
  }

  private static List<EventSpec> read(String events) throws ProfileException {
    ProfileReader reader = new ProfileReader();
    reader.add("p.yaml", TABLE + events);
    return reader.read().get("p").events();
  }

  private static List<String> problems(String event) {
    ProfileReader reader = new ProfileReader();
    reader.add("p.yaml", TABLE + event + "\n");
    ProfileException failure = catchThrowableOfType(ProfileException.class, reader::read);
    return failure.problems().stream().map(Problem::toString).toList();
  }
}
