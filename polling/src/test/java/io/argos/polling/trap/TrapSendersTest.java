package io.argos.polling.trap;

import static io.argos.polling.trap.TrapFixture.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Alias;
import io.argos.schemas.Resource;
import io.argos.snmp.Oid;
import io.argos.snmp.trap.Trap;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrapSendersTest {
  private final TrapFixture traps = new TrapFixture();

  @Test
  void findsAResourceByItsEndpointAddressesAndAliases() {
    traps.knows("lab", "a", "192.0.2.1:1161");
    traps.knows("lab", "b", "[2001:db8::b]:161", "192.0.2.2", "not an address");
    Resource c = traps.knows("lab", "c", "c.example.net");
    traps.knows(
        Resource.newBuilder(c)
            .setAliases(List.of(alias("address", "192.0.2.3"), alias("fqdn", "192.0.2.9")))
            .build());

    assertThat(of("192.0.2.1")).contains("lab/a");
    assertThat(of("192.0.2.2")).contains("lab/b");
    assertThat(of("2001:db8:0::b")).contains("lab/b");
    assertThat(of("192.0.2.3")).contains("lab/c");
    assertThat(of("192.0.2.9")).isEmpty();
    assertThat(traps.senders.sites()).containsExactly("lab");
  }

  @Test
  void takesTheEngineThenTheOriginThenTheSource() {
    Resource a = traps.knows("lab", "a", "192.0.2.1");
    traps.knows(
        Resource.newBuilder(a).setAliases(List.of(alias("engineid", "0x80:00:1F:01"))).build());
    traps.knows("lab", "b", "192.0.2.2");
    traps.knows("lab", "proxy", "192.0.2.3");

    assertThat(of("192.0.2.3", Optional.of("192.0.2.2"), Optional.of("80001f01")))
        .contains("lab/a");
    assertThat(of("192.0.2.3", Optional.of("192.0.2.2"), Optional.of("80001f02")))
        .contains("lab/b");
    // An agent that names an address which only it understands is known by where it sends from.
    assertThat(of("192.0.2.3", Optional.of("10.0.0.1"), Optional.empty())).contains("lab/proxy");
  }

  @Test
  void looksUpTheNamesInEndpointsByTheResolverOfTheSystem() {
    traps.knows("lab", "a", "localhost:1161");
    traps.knows("lab", "b", "no-such-host.invalid");

    TrapService.lookUpNames(traps.senders);

    assertThat(of("127.0.0.1")).contains("lab/a");
  }

  @Test
  void looksUpTheNamesInEndpointsInTurn() {
    Resource a = traps.knows("lab", "a", "a.example.net:161");
    traps.knows("lab", "b", "b.example.net", "192.0.2.20");
    traps.knows("lab", "c", "192.0.2.3");
    List<String> asked = new ArrayList<>();

    traps.senders.lookUp(1, name -> answer(asked, name, "192.0.2.10"));
    traps.senders.lookUp(1, name -> answer(asked, name, "192.0.2.20"));
    assertThat(asked).containsExactly("a.example.net", "b.example.net");
    assertThat(of("192.0.2.10")).contains("lab/a");
    assertThat(of("192.0.2.20")).contains("lab/b");

    // A name that is not to be had keeps its address, and one that moved has the new one alone.
    traps.senders.lookUp(1, name -> Optional.empty());
    assertThat(of("192.0.2.10")).contains("lab/a");
    traps.senders.lookUp(5, name -> answer(asked, name, "192.0.2." + name.length() + "0"));
    traps.senders.lookUp(5, name -> answer(asked, name, "192.0.2.11"));
    assertThat(of("192.0.2.10")).isEmpty();
    assertThat(of("192.0.2.20")).contains("lab/b");

    traps.knows(Resource.newBuilder(a).setEndpoint("192.0.2.12").build());
    assertThat(of("192.0.2.12")).contains("lab/a");
    assertThat(of("192.0.2.11")).contains("lab/b");
  }

  private static Optional<List<InetAddress>> answer(
      List<String> asked, String name, String address) {
    asked.add(name);
    return Optional.of(List.of(address(address)));
  }

  @Test
  void findsNobodyWhereTwoShareAnAddressUntilOneIsGone() {
    Resource a = traps.knows("lab", "a", "192.0.2.1");
    traps.knows("other", "b", "192.0.2.1:1161");
    traps.knows("elsewhere", "c", "192.0.2.1");
    assertThat(of("192.0.2.1")).isEmpty();

    traps.forgets(a);

    assertThat(of("192.0.2.1")).contains("other/b");
    assertThat(traps.senders.sites()).containsExactly("other");
  }

  private Optional<String> of(String source) {
    return of(source, Optional.empty(), Optional.empty());
  }

  private Optional<String> of(String source, Optional<String> origin, Optional<String> engine) {
    return traps.senders.of(
        new Trap(
            3,
            false,
            address(source),
            origin.map(TrapFixture::address),
            engine,
            Oid.parse(TrapFixture.LINK_DOWN),
            0,
            0,
            List.of()));
  }

  private static Alias alias(String kind, String value) {
    return Alias.newBuilder().setKind(kind).setValue(value).build();
  }
}
