package io.argos.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void aPlainKeyGoesWhereKafkasOwnPartitionerPutsIt() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      String key = "site/node-" + random.nextInt();
      int partitions = 1 + random.nextInt(64);

      assertThat(ResourcePartitioner.partitionOf(key, partitions))
          .isEqualTo(
              BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions));
    }
  }

  @Test
  void everythingAboutAResourceSharesItsPartition() {
    assertThat(ResourcePartitioner.partitionOf("dc1/sw-1|interface#3", 48))
        .isEqualTo(ResourcePartitioner.partitionOf("dc1/sw-1", 48));
  }

  @Test
  void reservedCharactersOfAnIdAreEncodedAndComeBack() {
    String id = ResourceId.of("dc/1|a", "sw%1/é\n");

    assertThat(id).isEqualTo("dc%2F1%7Ca/sw%251/é%0A");
    assertThat(ResourceId.siteOf(id)).isEqualTo("dc/1|a");
    assertThat(ResourceId.nameOf(id)).isEqualTo("sw%1/é\n");
  }

  @Test
  void aResourceNeedsASiteAndAName() {
    assertThatThrownBy(() -> ResourceId.of("", "x"))
        .hasMessageContaining("needs a site and a name");
    assertThatThrownBy(() -> ResourceId.of("x", ""))
        .hasMessageContaining("needs a site and a name");
  }

  @Test
  void noTwoSequencesShareAnId() {
    Set<String> ids = new HashSet<>();
    for (List<String> parts :
        List.of(
            List.of("ab", "c"),
            List.of("a", "bc"),
            List.of("abc"),
            List.of("abc", ""),
            List.<String>of())) {
      ids.add(HashId.of(parts.toArray(String[]::new)));
    }

    assertThat(ids).hasSize(5).allSatisfy(id -> assertThat(id).matches("[0-9a-f]{32}"));
    assertThat(HashId.of("a", "b")).isEqualTo(HashId.of("a", "b"));
  }

  @Test
  void headersAreSetAnewAndTheTraceIsCarriedOn() {
    RecordHeaders cause = new RecordHeaders();
    EventHeaders.set(cause, "1", "io.argos.Job", "leader", java.time.Instant.EPOCH);
    RecordHeaders effect = new RecordHeaders();
    EventHeaders.set(effect, "0", "x", "x", java.time.Instant.EPOCH);

    EventHeaders.set(
        effect,
        "2",
        "io.argos.Outcome",
        "agent",
        java.time.Instant.EPOCH,
        EventHeaders.trace(cause));

    assertThat(effect.headers("ce_id")).hasSize(1);
    assertThat(new String(effect.lastHeader("ce_id").value(), StandardCharsets.UTF_8))
        .isEqualTo("2");
    assertThat(EventHeaders.trace(effect)).isEqualTo(EventHeaders.trace(cause));
    assertThat(EventHeaders.trace(cause).orElseThrow()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
  }
}
