package io.argos.manager.resources;

import io.argos.manager.resources.SourceEntry.Hold;
import io.argos.manager.resources.SourceEntry.OpenRun;
import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import io.argos.schemas.Discovery;
import io.argos.schemas.DiscoveryKind;
import io.argos.schemas.Resource;
import io.argos.schemas.ResourceClaim;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * Entries of the store as bytes. There are three kinds, told by the beginning of the key: {@code
 * claim|}, {@code resource|} and {@code source|}. Claims and resources hold records of the public
 * topics, with the id of their schema, so that they can be read when the schemas have moved on.
 */
final class EntryCodec {
  static final String CLAIM = "claim|";
  static final String RESOURCE = "resource|";
  static final String SOURCE = "source|";

  private static final int LAYOUT = 1;

  private final RecordWriter<Discovery> discoveryWriter;
  private final RecordReader<Discovery> discoveryReader;
  private final RecordWriter<Resource> resourceWriter;
  private final RecordReader<Resource> resourceReader;

  EntryCodec(SchemaIds ids, Topics topics) {
    discoveryWriter = new RecordWriter<>(ids, topics.discoveries(), Discovery.class);
    discoveryReader = new RecordReader<>(ids, Discovery.class);
    resourceWriter = new RecordWriter<>(ids, topics.resources(), Resource.class);
    resourceReader = new RecordReader<>(ids, Resource.class);
  }

  static String keyOf(ClaimKey key) {
    return CLAIM + escaped(key.source()) + '|' + key.ownId();
  }

  static String keyOfResource(String id) {
    return RESOURCE + id;
  }

  static String keyOfSource(String source) {
    return SOURCE + source;
  }

  private static String escaped(String source) {
    return source.replace("%", "%25").replace("|", "%7C");
  }

  byte[] write(ClaimEntry entry) {
    Discovery made =
        Discovery.newBuilder()
            .setSource(entry.key().source())
            .setRunId(entry.runId())
            .setKind(DiscoveryKind.RESOURCE)
            .setAt(entry.seenAt())
            .setResource(entry.claim())
            .build();
    return new StateWriter(LAYOUT)
        .text(entry.resourceId())
        .flag(entry.held())
        .text(entry.ambiguity())
        .bytes(discoveryWriter.write(made))
        .toBytes();
  }

  ClaimEntry readClaim(byte[] bytes) {
    StateReader in = new StateReader(bytes, LAYOUT);
    String resourceId = in.text();
    boolean held = in.flag();
    String ambiguity = in.text();
    Discovery made = value(discoveryReader.read(in.bytes()));
    ResourceClaim claim = made.getResource();
    return new ClaimEntry(
        new ClaimKey(made.getSource(), claim.getSite(), claim.getName()),
        claim,
        resourceId,
        made.getAt(),
        made.getRunId(),
        held,
        ambiguity);
  }

  byte[] write(Resource record) {
    return new StateWriter(LAYOUT).bytes(resourceWriter.write(record)).toBytes();
  }

  Resource readResource(byte[] bytes) {
    return value(resourceReader.read(new StateReader(bytes, LAYOUT).bytes()));
  }

  private static <T extends SpecificRecord> T value(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Value<T>(var record) -> record;
      case Decoded.Poison<T>(var reason) ->
          throw new IllegalStateException("an entry of the store cannot be read: " + reason);
    };
  }

  static byte[] write(SourceEntry entry) {
    StateWriter out = new StateWriter(LAYOUT).text(entry.name());
    OpenRun open = entry.open;
    out.flag(open != null);
    if (open != null) {
      out.text(open.id()).time(open.begunAt()).count(open.resources()).count(open.rejected());
    }
    writeTime(out, entry.latestBegunAt);
    out.text(entry.latestRunId);
    writeTime(out, entry.completedBegunAt);
    out.count(entry.holds.size());
    for (Map.Entry<String, Hold> hold : entry.holds.entrySet()) {
      out.text(hold.getKey())
          .text(hold.getValue().vanished())
          .count(hold.getValue().count())
          .count(hold.getValue().runs())
          .time(hold.getValue().since())
          .flag(hold.getValue().confirmed());
    }
    writeTexts(out, entry.knownRejections);
    writeTexts(out, entry.newRejections);
    return out.toBytes();
  }

  static SourceEntry readSource(byte[] bytes) {
    StateReader in = new StateReader(bytes, LAYOUT);
    SourceEntry entry = new SourceEntry(in.text());
    if (in.flag()) {
      entry.open = new OpenRun(in.text(), readTime(in), in.count(), in.count());
    }
    entry.latestBegunAt = readTime(in);
    entry.latestRunId = in.text();
    entry.completedBegunAt = readTime(in);
    int holds = in.size();
    for (int i = 0; i < holds; i++) {
      String site = in.text();
      entry.holds.put(site, new Hold(in.text(), in.size(), in.size(), readTime(in), in.flag()));
    }
    entry.knownRejections = readTexts(in);
    entry.newRejections = readTexts(in);
    return entry;
  }

  private static void writeTime(StateWriter out, Instant time) {
    out.time(time.equals(Instant.MIN) ? null : time);
  }

  private static Instant readTime(StateReader in) {
    Instant time = in.time();
    return time == null ? Instant.MIN : time;
  }

  private static void writeTexts(StateWriter out, SortedSet<String> texts) {
    out.count(texts.size());
    texts.forEach(out::text);
  }

  private static SortedSet<String> readTexts(StateReader in) {
    SortedSet<String> texts = new TreeSet<>();
    int count = in.size();
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    return texts;
  }
}
