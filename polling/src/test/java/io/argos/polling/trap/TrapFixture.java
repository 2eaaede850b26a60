package io.argos.polling.trap;

import io.argos.profile.ProfileCatalog;
import io.argos.runtime.table.TableEntry;
import io.argos.schemas.Event;
import io.argos.schemas.Request;
import io.argos.schemas.Resource;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpType;
import io.argos.snmp.trap.Trap;
import io.argos.snmp.trap.TrapVarbind;
import io.argos.testing.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A flow of traps over the shipped profiles, whose events and requests end in lists. */
final class TrapFixture {
  static final String LINK_DOWN = "1.3.6.1.6.3.1.1.5.3";
  static final String LINK_UP = "1.3.6.1.6.3.1.1.5.4";

  final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<Event> events = new ArrayList<>();
  final List<Request> requests = new ArrayList<>();
  final List<CompletableFuture<Void>> fates = new ArrayList<>();
  final TrapSenders senders = new TrapSenders(site -> !site.equals("elsewhere"));
  final TrapFlow flow;
  boolean keeps = true;
  private final Map<String, Resource> resources = new HashMap<>();

  TrapFixture() {
    TrapReading reading =
        new TrapReading(
            senders,
            id -> Optional.ofNullable(resources.get(id)),
            (_, _) -> List.of(),
            (_, _) -> List.of(),
            Shipped::profiles);
    flow =
        new TrapFlow(
            reading,
            new Lists(),
            new TrapWindows(Duration.ofSeconds(10)),
            new TrapLosses(Duration.ofSeconds(10), senders, "test"),
            new PollWishes(Duration.ofSeconds(10), "test"),
            id -> !id.endsWith("/not-polled"),
            new TrapMeters(meters),
            clock);
  }

  /** Read once for all tests. */
  private static final class Shipped {
    private static final ProfileCatalog PROFILES = ProfileCatalog.shipped();

    static ProfileCatalog profiles() {
      return PROFILES;
    }
  }

  private final class Lists implements TrapSink {
    @Override
    public CompletableFuture<?> event(Event event) {
      events.add(event);
      CompletableFuture<Void> fate = new CompletableFuture<>();
      fates.add(fate);
      if (keeps) {
        fate.complete(null);
      }
      return fate;
    }

    @Override
    public void request(Request request) {
      requests.add(request);
    }

    @Override
    public boolean blocked() {
      return false;
    }
  }

  Resource knows(String site, String name, String endpoint, String... addresses) {
    Resource resource =
        Resource.newBuilder()
            .setId(site + "/" + name)
            .setSite(site)
            .setName(name)
            .setEndpoint(endpoint)
            .setAddresses(List.of(addresses))
            .setTtlSeconds(60)
            .setFirstSeenAt(Instant.EPOCH)
            .setRevision(1)
            .build();
    knows(resource);
    return resource;
  }

  void knows(Resource resource) {
    Resource before = resources.put(resource.getId(), resource);
    senders.changed(
        resource.getId(),
        Optional.ofNullable(before),
        Optional.of(resource),
        new TableEntry.Place(0, 0, 0));
  }

  void forgets(Resource resource) {
    resources.remove(resource.getId());
    senders.changed(
        resource.getId(), Optional.of(resource), Optional.empty(), new TableEntry.Place(0, 0, 0));
  }

  static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  static Trap trap(String source, String oid, long uptime, TrapVarbind... varbinds) {
    return new Trap(
        2,
        false,
        address(source),
        Optional.empty(),
        Optional.empty(),
        Oid.parse(oid),
        uptime,
        1,
        List.of(varbinds));
  }

  static TrapVarbind ifIndex(int index) {
    return new TrapVarbind(
        Oid.parse("1.3.6.1.2.1.2.2.1.1." + index), SnmpType.INTEGER, index, new byte[0]);
  }

  void receive(Trap trap) throws InterruptedException {
    flow.received(trap, () -> {});
  }

  double count(String meter, String... tags) {
    return meters.get(meter).tags(tags).counter().count();
  }
}
