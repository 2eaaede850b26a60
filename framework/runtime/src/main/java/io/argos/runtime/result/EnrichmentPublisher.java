package io.argos.runtime.result;

import io.argos.schemas.Enrichment;
import io.argos.schemas.Group;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.HashId;
import io.argos.spi.EnrichmentContent;
import io.argos.spi.Enrichments;
import io.argos.spi.ProfileRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes enrichments when they have changed or three quarters of their time to live have gone, in
 * parts of at most 256 KiB that are split between rows. Attributes and document are not split: they
 * are in the first part, which holds no rows when they leave no room, and is larger than the rest
 * when they are larger themselves. So is the part of a row that is. Safe for use by any thread.
 */
public final class EnrichmentPublisher {
  private static final int MAX_BYTES = 256 * 1024;

  /** However long the names in a record are: parts without room for rows would never end. */
  private static final int LEAST_ROOM = MAX_BYTES / 2;

  /** What the numbers of a part take beyond those of a whole. */
  private static final int PART_NUMBERS = 16;

  private final ResultProducer records;
  private final RecordWriter<Enrichment> writer;
  private final String topic;
  private final Enrichments current;
  private final InstantSource clock;

  /**
   * A publisher.
   *
   * @param topic topic of the enrichments
   * @param current what is known now, to tell what has changed
   */
  public EnrichmentPublisher(
      ResultProducer records,
      SchemaIds schemas,
      String topic,
      Enrichments current,
      InstantSource clock) {
    this.records = records;
    this.writer = new RecordWriter<>(schemas, topic, Enrichment.class);
    this.topic = topic;
    this.current = current;
    this.clock = clock;
  }

  /** Key of a part of an enrichment. */
  public static String keyOf(String resourceId, String namespace, int part) {
    String key = resourceId + '|' + namespace;
    return part == 0 ? key : key + '#' + part;
  }

  /**
   * Publishes one namespace of a resource.
   *
   * @param plugin the plugin instance that collected it
   * @param jobId its job
   * @param timeToLive how long it stays valid
   * @return whether anything was written
   */
  public boolean publish(
      EnrichmentContent found, String plugin, String jobId, Duration timeToLive, ResultSink sink)
      throws InterruptedException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    List<Enrichment> known = current.find(found.resourceId(), found.namespace());
    EnrichmentContent content = known.isEmpty() ? found : sure(found, known.getFirst());
    String hash = hashOf(content);
    if (!known.isEmpty() && known.getFirst().getContentHash().equals(hash)) {
      Instant renewal = known.getFirst().getExpiresAt().minus(timeToLive.dividedBy(4));
      if (now.isBefore(renewal)) {
        return false;
      }
    }
    Enrichment whole =
        Enrichment.newBuilder()
            .setResourceId(content.resourceId())
            .setNamespace(content.namespace())
            .setPlugin(plugin)
            .setJobId(jobId)
            .setCollectedAt(now)
            .setExpiresAt(now.plus(timeToLive))
            .setContentHash(hash)
            .setProfile(content.profile().map(ProfileRef::name).orElse(null))
            .setProfileHash(content.profile().map(ProfileRef::hash).orElse(null))
            .setAttributes(content.attributes())
            .setDocument(content.document().orElse(null))
            .setGroups(List.of())
            .build();
    List<List<Group>> parts = split(whole, content.groups());
    for (int part = 0; part < parts.size(); part++) {
      Enrichment record =
          Enrichment.newBuilder(part == 0 ? whole : withoutContent(whole))
              .setPart(part)
              .setParts(parts.size())
              .setGroups(parts.get(part))
              .build();
      send(
          keyOf(content.resourceId(), content.namespace(), part),
          writer.write(record),
          record,
          sink);
    }
    for (int gone = parts.size(); gone < partsOf(known); gone++) {
      send(keyOf(content.resourceId(), content.namespace(), gone), null, whole, sink);
    }
    return true;
  }

  /** Of what it is unsure stays what was known, unless that is of another make. */
  private static EnrichmentContent sure(EnrichmentContent found, Enrichment known) {
    Optional<String> profile = Optional.ofNullable(known.getProfile());
    if (found.unsure().isEmpty() || !profile.equals(found.profile().map(ProfileRef::name))) {
      return found;
    }
    Map<String, String> attributes = new HashMap<>(found.attributes());
    for (String name : found.unsure()) {
      String before = known.getAttributes().get(name);
      if (before != null) {
        attributes.put(name, before);
      }
    }
    return found.with(attributes);
  }

  private void send(String key, byte @Nullable [] value, Enrichment record, ResultSink sink)
      throws InterruptedException {
    String id = HashId.of("enrichment", key, record.getJobId());
    sink.send(records.record(topic, key, value, id, "Enrichment", record.getCollectedAt()));
  }

  private static int partsOf(List<Enrichment> known) {
    return known.isEmpty() ? 0 : known.getFirst().getParts();
  }

  private List<List<Group>> split(Enrichment whole, List<GroupBlock> groups) {
    int room = Math.max(LEAST_ROOM, MAX_BYTES - sizeOf(withoutContent(whole)));
    // Of the part that is being filled; the first has less, or none at all.
    int left = MAX_BYTES - sizeOf(whole);
    List<List<Group>> parts = new ArrayList<>();
    parts.add(new ArrayList<>());
    for (GroupBlock group : groups) {
      for (Group piece : piecesOf(group, room)) {
        int size = sizeOf(piece);
        if (size > left) {
          parts.add(new ArrayList<>());
          left = room;
        }
        parts.getLast().add(piece);
        left -= size;
      }
    }
    return parts;
  }

  private static List<Group> piecesOf(GroupBlock group, int room) {
    Group record = GroupRecords.toRecord(group);
    int rows = group.rows().size();
    if (rows <= 1 || sizeOf(record) <= room) {
      return List.of(record);
    }
    List<Group> pieces = new ArrayList<>(piecesOf(group.slice(0, rows / 2), room));
    pieces.addAll(piecesOf(group.slice(rows / 2, rows), room));
    return pieces;
  }

  private static Enrichment withoutContent(Enrichment whole) {
    return Enrichment.newBuilder(whole).setAttributes(Map.of()).setDocument(null).build();
  }

  private int sizeOf(Enrichment record) {
    return writer.write(record).length + PART_NUMBERS;
  }

  private static int sizeOf(Group group) {
    return bytesOf(group).length;
  }

  private static byte[] bytesOf(Group group) {
    try {
      ByteBuffer buffer = Group.getEncoder().encode(group);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("a group cannot be encoded", e);
    }
  }

  /** Hash of all that matters to a reader, which the time of reading does not. */
  private static String hashOf(EnrichmentContent content) {
    List<String> parts = new ArrayList<>();
    parts.add(content.profile().map(ProfileRef::name).orElse(""));
    parts.add(content.profile().map(ProfileRef::hash).orElse(""));
    new TreeMap<>(content.attributes())
        .forEach((name, value) -> {
          parts.add(name);
          parts.add(value);
        });
    parts.add(content.document().orElse(""));
    for (GroupBlock group : content.groups()) {
      GroupBlock timeless =
          new GroupBlock(
              group.name(), group.section(), Instant.EPOCH, group.rows(), group.columns());
      parts.add(HashId.of(bytesOf(GroupRecords.toRecord(timeless))));
    }
    return HashId.of(parts.toArray(String[]::new));
  }
}
