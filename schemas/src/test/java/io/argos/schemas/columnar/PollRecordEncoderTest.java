package io.argos.schemas.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Group;
import io.argos.schemas.PollResult;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollRecordEncoderTest {
  private static final String TOPIC = "argos.polls.v1";

  private final LocalSchemas schemas = new LocalSchemas();
  private final RecordWriter<PollResult> generated =
      new RecordWriter<>(schemas, TOPIC, PollResult.class);

  @Test
  void writesTheSameBytesAsTheGeneratedClass() {
    PollRecordEncoder encoder = new PollRecordEncoder(schemas, TOPIC);
    for (long seed = 0; seed < 500; seed++) {
      RandomPolls polls = new RandomPolls(seed);
      PollHeader header = polls.header();
      List<GroupBlock> groups = polls.groups(4, 40);

      List<byte[]> records = encoder.encode(header, groups);

      assertThat(records).as("seed %d", seed).hasSize(1);
      assertThat(records.getFirst())
          .as("seed %d", seed)
          .isEqualTo(generated.write(record(header, groups)));
    }
  }

  @Test
  void writesTheSameBytesAgainWhenTheRowsAreUsedAgain() {
    PollRecordEncoder encoder = new PollRecordEncoder(schemas, TOPIC);
    RandomPolls polls = new RandomPolls(7);
    PollHeader header = polls.header();
    List<GroupBlock> groups = List.of(polls.group("interface", 48));
    byte[] first = encoder.encode(header, groups).getFirst();

    byte[] second = encoder.encode(header, groups).getFirst();

    assertThat(second).isEqualTo(first);
  }

  @Test
  void splitsALargePollBetweenRowsAndLosesNothing() {
    int bound = 2_000;
    PollRecordEncoder encoder = new PollRecordEncoder(schemas, TOPIC, bound);
    for (long seed = 0; seed < 100; seed++) {
      RandomPolls polls = new RandomPolls(seed);
      PollHeader header = polls.header();
      List<GroupBlock> groups = new ArrayList<>(polls.groups(3, 200));
      groups.add(polls.group("interface", 100));
      groups.add(polls.group("status", 1));

      List<byte[]> records = encoder.encode(header, groups);

      List<PollResult> parts = records.stream().map(this::read).toList();
      assertThat(parts)
          .as("seed %d", seed)
          .allSatisfy(part -> assertThat(part.getParts()).isEqualTo(parts.size()));
      assertThat(parts).extracting(PollResult::getPart).isSorted().doesNotHaveDuplicates();
      if (parts.size() > 1) {
        assertThat(parts.getFirst().getGroups().getFirst().getName()).isEqualTo("status");
        assertThat(records).allSatisfy(bytes -> assertThat(bytes).hasSizeLessThanOrEqualTo(bound));
      }
      assertThat(cells(parts))
          .as("seed %d", seed)
          .isEqualTo(cells(List.of(record(header, groups))));
    }
  }

  @Test
  void aRowLargerThanTheBoundGoesOutWhole() {
    PollRecordEncoder encoder = new PollRecordEncoder(schemas, TOPIC, 64);
    RandomPolls polls = new RandomPolls(3);

    List<byte[]> records = encoder.encode(polls.header(), List.of(polls.group("one", 1)));

    assertThat(records).hasSize(1);
    assertThat(read(records.getFirst()).getGroups()).hasSize(1);
  }

  /** Every row of every group with its values, sorted, so that splits can be compared. */
  private static List<String> cells(List<PollResult> parts) {
    List<String> cells = new ArrayList<>();
    for (PollResult part : parts) {
      for (Group group : part.getGroups()) {
        GroupBlock block = GroupRecords.fromRecord(group);
        for (int row = 0; row < block.rows().size(); row++) {
          cells.add(GroupRecords.toRecord(block.slice(row, row + 1)).toString());
        }
      }
    }
    cells.sort(String::compareTo);
    return cells;
  }

  private PollResult read(byte[] bytes) {
    return switch (new RecordReader<>(schemas, PollResult.class).read(bytes)) {
      case Decoded.Value<PollResult>(var poll) -> poll;
      case Decoded.Poison<PollResult>(var reason) -> throw new AssertionError(reason);
    };
  }

  private static PollResult record(PollHeader header, List<GroupBlock> groups) {
    return PollResult.newBuilder()
        .setPollId(header.pollId())
        .setResourceId(header.resourceId())
        .setSite(header.site())
        .setResourceClass(header.resourceClass())
        .setSubclass(header.subclass())
        .setType(header.type())
        .setEndpoint(header.endpoint())
        .setLabels(header.labels())
        .setPlugin(header.plugin())
        .setProfile(header.profile().orElse(null))
        .setProfileHash(header.profileHash().orElse(null))
        .setDueAt(header.dueAt())
        .setStartedAt(header.startedAt())
        .setCompletedAt(header.completedAt())
        .setIntervalMillis(header.intervalMillis())
        .setUptimeCentis(
            header.uptimeCentis().isPresent() ? header.uptimeCentis().getAsLong() : null)
        .setDiscontinuityAt(header.discontinuityAt().orElse(null))
        .setEnrichmentStale(header.enrichmentStale())
        .setAgent(header.agent())
        .setPart(0)
        .setParts(1)
        .setGroups(groups.stream().map(GroupRecords::toRecord).toList())
        .build();
  }
}
