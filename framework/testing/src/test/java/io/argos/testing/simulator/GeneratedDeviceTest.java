package io.argos.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedDeviceTest {
  private static final Instant BOOT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String IF_IN_OCTETS = "1.3.6.1.2.1.2.2.1.10.";
  private static final String IF_HC_IN_OCTETS = "1.3.6.1.2.1.31.1.1.1.6.";

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void walksEveryInstanceInOrderAndGetsWhatItWalked(Vendor vendor) {
    GeneratedDevice device = GeneratedDevice.of(vendor, "device", 12);
    Moment moment = after(3600);

    List<Varbind> walked = walk(device, moment);

    assertThat(walked).isSortedAccordingTo((a, b) -> a.oid().compareTo(b.oid()));
    assertThat(walked).hasSizeGreaterThan(12 * 41);
    for (Varbind varbind : walked) {
      assertThat(device.get(varbind.oid(), moment)).isEqualTo(varbind.value());
    }
  }

  @Test
  void findsTheNextInstanceFromAnywhere() {
    GeneratedDevice device = GeneratedDevice.of(Vendor.JUNIPER, "device", 7);
    Moment moment = after(60);
    List<Varbind> walked = walk(device, moment);
    long seed = 99;
    System.out.println("seed " + seed);
    Random random = new Random(seed);

    for (int i = 0; i < 5000; i++) {
      ObjectId from = near(walked.get(random.nextInt(walked.size())).oid(), random);
      Optional<ObjectId> expected =
          walked.stream().map(Varbind::oid).filter(oid -> oid.compareTo(from) > 0).findFirst();

      assertThat(device.next(from, moment).map(Varbind::oid))
          .as("behind " + from)
          .isEqualTo(expected);
    }
  }

  @Test
  void movesCountersByTheirRatesInBothWidths() {
    GeneratedDevice device =
        GeneratedDevice.of(Vendor.ARISTA, "device", 2)
            .interfaces(i -> i.withTraffic(Traffic.steady(1e9, 5e8)));

    assertThat(number(device, IF_HC_IN_OCTETS + 1, after(10))).isEqualTo(10_000_000_000L);
    assertThat(number(device, IF_HC_IN_OCTETS + 1, after(11))).isEqualTo(11_000_000_000L);
    assertThat(number(device, IF_IN_OCTETS + 1, after(10))).isEqualTo(10_000_000_000L % (1L << 32));
    assertThat(number(device, "1.3.6.1.2.1.31.1.1.1.10.1", after(10))).isEqualTo(5_000_000_000L);
    assertThat(number(device, "1.3.6.1.2.1.1.3.0", after(10))).isEqualTo(1000);
  }

  @Test
  void neverFallsWhileRatesSwingAndKeepsTheirAverage() {
    GeneratedDevice device =
        GeneratedDevice.of(Vendor.GENERIC, "device", 1)
            .interfaces(i -> i.withTraffic(new Traffic(1e6, 1e6, 0.9, 60)));

    long last = 0;
    for (int second = 0; second <= 600; second++) {
      long now = number(device, IF_HC_IN_OCTETS + 1, after(second));
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
    assertThat(last).isBetween(599_999_000L, 600_001_000L);
  }

  @Test
  void lacksWideCountersWhereItIsNarrow() {
    GeneratedDevice device =
        GeneratedDevice.of(Vendor.GENERIC, "device", 2).counters(GeneratedDevice.Counters.NARROW);

    assertThat(device.get(ObjectId.parse(IF_HC_IN_OCTETS + 1), after(1)))
        .isEqualTo(Value.Absent.NO_SUCH_OBJECT);
    assertThat(walk(device, after(1)))
        .noneMatch(varbind -> varbind.value().tag() == Value.TAG_COUNTER64);
  }

  @Test
  void exchangesInterfacesButKeepsTheIndexes() {
    GeneratedDevice device = GeneratedDevice.of(Vendor.CISCO, "device", 3);
    Moment before = after(10);
    Moment exchanged = new Moment(before.now(), before.bootedAt(), 1, 1);

    assertThat(names(device, before)).containsExactly("Gi1/0/1", "Gi1/0/2", "Gi1/0/3");
    assertThat(names(device, exchanged)).containsExactly("Gi1/0/2", "Gi1/0/3", "Gi1/0/1");
  }

  @Test
  void givesEachInterfaceAnAddressOfItsOwn() {
    Set<String> seen = new HashSet<>();
    for (String name : List.of("core-1", "core-2")) {
      GeneratedDevice device = GeneratedDevice.of(Vendor.GENERIC, name, 300);
      for (int index = 1; index <= 300; index++) {
        ObjectId oid = ObjectId.parse("1.3.6.1.2.1.2.2.1.6." + index);
        assertThat(seen.add(device.get(oid, after(1)).toString())).isTrue();
      }
    }
  }

  private static List<String> names(GeneratedDevice device, Moment moment) {
    return walk(device, moment).stream()
        .filter(v -> v.oid().startsWith(ObjectId.parse("1.3.6.1.2.1.31.1.1.1.1")))
        .map(v -> v.value().toString())
        .toList();
  }

  private static ObjectId near(ObjectId oid, Random random) {
    int keep = random.nextInt(oid.length() + 1);
    ObjectId prefix = oid.prefix(keep);
    return switch (random.nextInt(4)) {
      case 0 -> prefix;
      case 1 -> prefix.append(random.nextInt(40));
      case 2 -> prefix.append(random.nextInt());
      default -> oid.append(random.nextInt(3));
    };
  }

  private static Moment after(int seconds) {
    return new Moment(BOOT.plus(Duration.ofSeconds(seconds)), BOOT, 0, 0);
  }

  private static long number(Mib mib, String oid, Moment moment) {
    return ((Value.Numeric) mib.get(ObjectId.parse(oid), moment)).bits();
  }

  private static List<Varbind> walk(Mib mib, Moment moment) {
    List<Varbind> all = new ArrayList<>();
    Optional<Varbind> next = mib.next(ObjectId.of(0), moment);
    while (next.isPresent()) {
      all.add(next.get());
      next = mib.next(next.get().oid(), moment);
    }
    return all;
  }
}
