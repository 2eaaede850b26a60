package io.argos.polling.plugin.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.profile.proof.Replay;
import io.argos.schemas.Enrichment;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.snmp.SnmpType;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enrichments;
import io.argos.spi.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a poller asks a device with, and asks for, from poll to poll. */
class SnmpPollerTest {
  private static final SnmpConfig CONFIG =
      new SnmpConfig(Duration.ofMillis(300), 1, 48, 4, 100_000, 0, 1);
  private static final String PROFILE =
      """
      profile: box
      match: {}
      tables:
        port:
          key: name
          columns: { name: 1.3.6.1.4.1.1.1.1 }
      groups:
        port:
          table: port
          metrics: { packets: { oid: 1.3.6.1.4.1.1.1.2 } }
      """;

  private final ProfileCatalog profiles = ProfileCatalog.of(Map.of("box.yaml", PROFILE));
  private final FakeContext context =
      new FakeContext().community("one", "1").community("two", "2").community("three", "3");
  private final Box box = new Box();
  private final Poller poller =
      new SnmpPoller(
          new SnmpReads(box),
          new SnmpTargets(CONFIG, context.secrets(), List.of("one", "two", "three")),
          () -> profiles,
          context);
  private final Instant enrichedAt = Instant.now();
  private final Replay enriched;
  private boolean torn;
  private String profileHash;

  SnmpPollerTest() throws ProfileException {
    enriched =
        new Replay(profiles, PollerFixture.resource("127.0.0.1"), box.device::answer).enrich();
    profileHash = enriched.profile().hash();
  }

  @Test
  void findsTheCredentialThatASilentDeviceHasComeToAcceptAndTriesOthersEverMoreSeldom()
      throws InterruptedException {
    assertThat(poll().status()).isEqualTo(DeviceStatus.SUCCESS);
    box.accepted = "none";
    box.asked.clear();

    List<Integer> manners = new ArrayList<>();
    for (int n = 1; n <= 17; n++) {
      int before = box.asked.size();
      poll();
      if (box.asked.size() - before > 1) {
        manners.add(n);
      }
    }
    box.accepted = "three";
    int waited = 0;
    while (poll().status() == DeviceStatus.TIMEOUT && waited < 100) {
      waited++;
    }

    assertThat(manners).containsExactly(3, 5, 9, 17);
    assertThat(waited).isEqualTo(15);
    box.asked.clear();
    poll();
    assertThat(box.asked).containsExactly("three");
  }

  @Test
  void asksEverMoreSeldomForAnEnrichmentThatChangesNothing() throws InterruptedException {
    profileHash = "another";

    List<Integer> wishes = new ArrayList<>();
    for (int n = 1; n <= 17; n++) {
      if (poll().wantsEnrichment()) {
        wishes.add(n);
      }
    }

    assertThat(wishes).containsExactly(1, 2, 4, 8, 16);
  }

  @Test
  void looksAgainForRowsThatWereNotWrittenInOnePiece() throws InterruptedException {
    torn = true;
    Poller.Poll before = poll();
    torn = false;
    Poller.Poll after = poll();

    assertThat(before.status()).isEqualTo(DeviceStatus.ENRICHMENT_FAILURE);
    assertThat(before.groups()).extracting(GroupBlock::name).containsOnly("status");
    assertThat(before.wantsEnrichment()).isTrue();
    assertThat(after.status()).isEqualTo(DeviceStatus.SUCCESS);
    assertThat(after.groups().getFirst().rows().rowKeys()).containsExactly("one");
    assertThat(after.wantsEnrichment()).isFalse();
  }

  private Poller.Poll poll() throws InterruptedException {
    Enrichments enrichments =
        (id, namespace) ->
            torn && namespace.equals("port")
                ? List.of()
                : enriched.find(id, namespace).stream().map(this::placed).toList();
    return poller.run(PollerFixture.run(), PollerFixture.resource("127.0.0.1"), enrichments);
  }

  private Enrichment placed(Enrichment found) {
    Map<String, String> attributes = new HashMap<>(found.getAttributes());
    attributes.put("credential", "one");
    return Enrichment.newBuilder(found)
        .setCollectedAt(enrichedAt)
        .setExpiresAt(enrichedAt.plusSeconds(3_600))
        .setProfileHash(profileHash)
        .setAttributes(attributes)
        .build();
  }

  /** A device that accepts one credential and is silent to others. */
  private static final class Box implements SnmpClient {
    private final RecordedDevice device =
        new RecordedDevice()
            .put("1.3.6.1.2.1.1.3.0", SnmpType.TIME_TICKS, 360_000)
            .put("1.3.6.1.4.1.1.1.1.1", "one")
            .put("1.3.6.1.4.1.1.1.2.1", SnmpType.GAUGE32, 7);
    private final List<String> asked = new ArrayList<>();
    private String accepted = "one";

    @Override
    public CompletableFuture<SnmpReply> read(SnmpTarget target, SnmpPlan plan) {
      String name = target.credential().name();
      asked.add(name);
      return CompletableFuture.completedFuture(
          name.equals(accepted)
              ? device.answer(plan)
              : new SnmpReply(
                  Map.of(), Optional.of(new SnmpFailure.NoAnswer(false, 1, "no answer")), 1));
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
