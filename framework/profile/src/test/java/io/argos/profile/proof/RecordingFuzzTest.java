package io.argos.profile.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.argos.profile.PollPlan;
import io.argos.profile.ProfileCatalog;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The shipped profiles on devices whose values are of any type and size, from recordings with
 * changed lines. The seed is printed; {@code -Dargos.fuzz.seed} sets it.
 */
class RecordingFuzzTest {
  private static final int ROUNDS = Integer.getInteger("argos.fuzz.rounds", 40);
  private static final List<String> VALUES =
      List.of(
          "4|not a number",
          "4|",
          "4| 12 ",
          "4|1e400",
          "4|-0.5",
          "4x|fffe00ff",
          "4x|0000000000000000000000000000",
          "2|-2147483648",
          "2|2147483647",
          "2|0",
          "6|1.3",
          "6|2.999.4294967295",
          "64|255.255.255.255",
          "64x|0102",
          "65|4294967295",
          "66|0",
          "67|1",
          "67|4294967295",
          "68x|9f780442f60000",
          "70|18446744073709551615",
          "5|");

  private final long seed = Long.getLong("argos.fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void everyPollEndsInAReadingWhateverTheDeviceSays() throws IOException {
    ProfileCatalog catalog = ProfileCatalog.shipped();
    Map<String, Integer> ends = new TreeMap<>();
    for (ProofCase one : ProofCases.load(List.of())) {
      for (int round = 0; round < ROUNDS; round++) {
        String what = "seed %d, %s, round %d".formatted(seed, one.name(), round);
        try {
          ends.merge(end(catalog, one), 1, Integer::sum);
        } catch (RuntimeException e) {
          throw new AssertionError(what, e);
        }
      }
    }
    System.out.printf("RecordingFuzzTest seed=%d %s%n", seed, ends);
    assertThat(ends).containsKeys("SUCCESS", "PARTIAL_METRIC_FAILURE");
  }

  /** Enriches a device, and polls it twice while its values change. */
  private String end(ProfileCatalog catalog, ProofCase one) throws IOException {
    Changing device = new Changing();
    device.next = changed(one, 0.1);
    Replay replay;
    try {
      replay =
          new Replay(
              catalog,
              ExpectedGroups.of(new ObjectMapper().readTree(one.expected().orElse("{}")))
                  .resource(),
              device);
    } catch (IllegalArgumentException e) {
      return "no profile";
    }
    replay.enrich();
    PollPlan plan = replay.plan();
    PollPlan.Reading reading = replay.poll(plan);
    for (double share : new double[] {0.02, 0.5}) {
      device.next = changed(one, share);
      reading = replay.poll(plan);
      assertThat(reading.groups()).anyMatch(group -> group.name().equals("status"));
      reading.groups().forEach(group -> assertThat(GroupRecords.toRecord(group)).isNotNull());
    }
    return reading.status().name();
  }

  private RecordedDevice changed(ProofCase one, double share) {
    return RecordedDevice.parse(
        one.name(),
        one.recording()
            .lines()
            .filter(line -> random.nextDouble() >= share / 4)
            .map(line -> random.nextDouble() < share ? changed(line) : line)
            .collect(Collectors.joining("\n")));
  }

  private String changed(String line) {
    int value = line.indexOf('|');
    if (value < 0 || line.startsWith("#")) {
      return line;
    }
    String oid = line.substring(0, value);
    return switch (random.nextInt(4)) {
      case 0 -> oid + "." + random.nextInt(3) + line.substring(value);
      default -> oid + "|" + VALUES.get(random.nextInt(VALUES.size()));
    };
  }

  /** A device that may be another one each time that it is asked. */
  private static final class Changing implements Function<SnmpPlan, SnmpReply> {
    private RecordedDevice next = new RecordedDevice();

    @Override
    public SnmpReply apply(SnmpPlan plan) {
      return next.answer(plan);
    }
  }
}
