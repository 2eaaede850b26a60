package io.argos.manager.nodes;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import io.argos.schemas.Reachability;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one node. What services and reports will say of it gets its place beside
 * {@link Enrichments}.
 */
final class NodeEntry {
  private static final int LAYOUT = 1;

  /** The resource; null while only outcomes are known. */
  @Nullable NodeFacts facts;

  final NodeHistory history;
  final Enrichments enrichments;

  /** When this is forgotten unless its resource appears. */
  Instant orphanUntil = Instant.EPOCH;

  /** Revision and hash of the record as last written; 0 before the first. */
  long revision;

  String writtenHash = "";
  Reachability writtenReachability = Reachability.UNKNOWN;

  NodeEntry() {
    this(NodeHistory.empty(), new Enrichments());
  }

  private NodeEntry(NodeHistory history, Enrichments enrichments) {
    this.history = history;
    this.enrichments = enrichments;
  }

  byte[] toBytes() {
    StateWriter out = new StateWriter(LAYOUT);
    out.number(orphanUntil.toEpochMilli())
        .number(revision)
        .text(writtenHash)
        .text(writtenReachability.name())
        .flag(facts != null);
    if (facts != null) {
      facts.write(out);
    }
    history.write(out);
    enrichments.write(out);
    return out.toBytes();
  }

  static NodeEntry fromBytes(byte[] bytes) {
    StateReader in = new StateReader(bytes, LAYOUT);
    Instant orphanUntil = Instant.ofEpochMilli(in.number());
    long revision = in.number();
    String hash = in.text();
    Reachability reachability = Reachability.valueOf(in.text());
    NodeFacts facts = in.flag() ? NodeFacts.read(in) : null;
    NodeEntry entry = new NodeEntry(NodeHistory.read(in), Enrichments.read(in));
    entry.orphanUntil = orphanUntil;
    entry.revision = revision;
    entry.writtenHash = hash;
    entry.writtenReachability = reachability;
    entry.facts = facts;
    return entry;
  }
}
