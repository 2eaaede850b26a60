package io.argos.manager.nodes;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import io.argos.schemas.Reachability;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node as its observations tell, applied in order of their times. Between two of them time passes
 * as well: a verdict that is not renewed by its time lapses, and that is dated at that time.
 */
final class NodeView {
  private final TreeMap<String, PluginView> plugins = new TreeMap<>();
  private Standing standing = new Standing(Reachability.PENDING, "");
  private @Nullable Instant since;
  private @Nullable Instant lastPollAt;
  private @Nullable Instant lastSuccessAt;

  NodeView() {}

  NodeView(NodeView other) {
    plugins.putAll(other.plugins);
    standing = other.standing;
    since = other.since;
    lastPollAt = other.lastPollAt;
    lastSuccessAt = other.lastSuccessAt;
  }

  Map<String, PluginView> plugins() {
    return Collections.unmodifiableMap(plugins);
  }

  Standing standing() {
    return standing;
  }

  /** Since when the reachability holds; empty while nothing was observed. */
  Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  @Nullable Instant lastPollAt() {
    return lastPollAt;
  }

  @Nullable Instant lastSuccessAt() {
    return lastSuccessAt;
  }

  int consecutiveFailures() {
    return plugins.values().stream().mapToInt(PluginView::failures).max().orElse(0);
  }

  /** Applies an observation that is not older than those before. */
  void apply(Observation seen, Duration grace) {
    pass(seen.at(), grace);
    plugins.merge(seen.plugin(), PluginView.NEW.after(seen), (known, _) -> known.after(seen));
    if (seen.verdict() != Verdict.NOT_POLLED) {
      lastPollAt = seen.at();
      if (seen.verdict() == Verdict.SUCCESS) {
        lastSuccessAt = seen.at();
      }
    }
    stand(seen.at());
  }

  /** Lets time pass: what was to lapse a grace before that time, or earlier, has lapsed. */
  void pass(Instant until, Duration grace) {
    Optional<Instant> lapse = nextLapse();
    while (lapse.isPresent() && !lapse.get().plus(grace).isAfter(until)) {
      Instant at = lapse.get();
      plugins.replaceAll((_, plugin) ->
          plugin.lapsesAt().filter(at::equals).isPresent() ? plugin.afterSilence() : plugin);
      stand(at);
      lapse = nextLapse();
    }
  }

  /** When the next verdict lapses. */
  Optional<Instant> nextLapse() {
    return plugins.values().stream()
        .flatMap(plugin -> plugin.lapsesAt().stream())
        .min(Instant::compareTo);
  }

  private void stand(Instant at) {
    Standing now = Standing.of(plugins);
    if (since == null) {
      since = at;
    } else if (now.reachability() != standing.reachability() && at.isAfter(since)) {
      // A lapse may be dated before an observation within its grace; time does not run back.
      since = at;
    }
    standing = now;
  }

  void write(StateWriter out) {
    out.text(standing.reachability().name())
        .text(standing.reason())
        .time(since)
        .time(lastPollAt)
        .time(lastSuccessAt)
        .count(plugins.size());
    plugins.forEach((name, plugin) -> {
      out.text(name);
      plugin.write(out);
    });
  }

  static NodeView read(StateReader in) {
    NodeView view = new NodeView();
    view.standing = new Standing(Reachability.valueOf(in.text()), in.text());
    view.since = in.time();
    view.lastPollAt = in.time();
    view.lastSuccessAt = in.time();
    int plugins = in.size();
    for (int i = 0; i < plugins; i++) {
      view.plugins.put(in.text(), PluginView.read(in));
    }
    return view;
  }
}
