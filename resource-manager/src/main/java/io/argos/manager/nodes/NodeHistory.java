package io.argos.manager.nodes;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has been observed of a node: the latest observations in order of time, and the view before
 * them. An observation that arrives late is put into its place, so the order of arrival does not
 * matter among the latest {@value #KEPT}; an older one is dropped. Two executions of one job count
 * once, as the better.
 */
final class NodeHistory {
  private static final int KEPT = 16;

  private final NodeView before;
  private final List<Observation> latest;
  private Instant foldedUntil;
  private Instant reached;

  private NodeHistory(
      NodeView before, List<Observation> latest, Instant foldedUntil, Instant reached) {
    this.before = before;
    this.latest = latest;
    this.foldedUntil = foldedUntil;
    this.reached = reached;
  }

  static NodeHistory empty() {
    return new NodeHistory(new NodeView(), new ArrayList<>(), Instant.MIN, Instant.EPOCH);
  }

  /** Adds an observation; false when it changes nothing. */
  boolean add(Observation seen, Duration grace) {
    if (!seen.at().isAfter(foldedUntil)) {
      return false;
    }
    Optional<Observation> same =
        latest.stream()
            .filter(o -> o.jobId().equals(seen.jobId()) && o.plugin().equals(seen.plugin()))
            .findFirst();
    if (same.isPresent()) {
      if (Observation.BETTER.compare(seen, same.get()) >= 0) {
        return false;
      }
      latest.remove(same.get());
    }
    latest.add(seen);
    latest.sort(Observation.IN_TIME);
    if (latest.size() > KEPT) {
      Observation oldest = latest.removeFirst();
      before.apply(oldest, grace);
      foldedUntil = oldest.at();
    }
    reach(seen.at());
    return true;
  }

  /** Time has been reached. */
  void reach(Instant time) {
    if (time.isAfter(reached)) {
      reached = time;
    }
  }

  /** The node as all of it tells. */
  NodeView view(Duration grace) {
    NodeView view = new NodeView(before);
    latest.forEach(seen -> view.apply(seen, grace));
    view.pass(reached, grace);
    return view;
  }

  void write(StateWriter out) {
    before.write(out);
    out.flag(!foldedUntil.equals(Instant.MIN));
    if (!foldedUntil.equals(Instant.MIN)) {
      out.number(foldedUntil.toEpochMilli());
    }
    out.number(reached.toEpochMilli()).count(latest.size());
    latest.forEach(seen -> seen.write(out));
  }

  static NodeHistory read(StateReader in) {
    NodeView before = NodeView.read(in);
    Instant foldedUntil = in.flag() ? Instant.ofEpochMilli(in.number()) : Instant.MIN;
    Instant reached = Instant.ofEpochMilli(in.number());
    List<Observation> latest = new ArrayList<>();
    int count = in.size();
    for (int i = 0; i < count; i++) {
      latest.add(Observation.read(in));
    }
    return new NodeHistory(before, latest, foldedUntil, reached);
  }
}
