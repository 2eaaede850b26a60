package io.argos.manager.nodes;

import io.argos.schemas.Reachability;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a node answers, and why that is said.
 *
 * @param reachability whether it answers
 * @param reason why, in words; empty when nothing needs saying
 */
record Standing(Reachability reachability, String reason) {
  private static final int FAILURES_UNTIL_UNREACHABLE = 2;

  /**
   * Rolls the plugins of a node up. Only verdicts that still hold count; when there were some and
   * none holds any more, our own side is silent.
   */
  static Standing of(Map<String, PluginView> plugins) {
    if (plugins.isEmpty()) {
      return new Standing(Reachability.PENDING, "");
    }
    List<PluginView> fresh = plugins.values().stream().filter(PluginView::isFresh).toList();
    if (fresh.isEmpty()) {
      return new Standing(Reachability.STALE, silence(plugins));
    }
    if (fresh.stream().allMatch(p -> p.verdict() == Verdict.FAILURE)) {
      PluginView worst = most(fresh);
      String polls = worst.failures() == 1 ? "1 failed poll" : worst.failures() + " failed polls";
      return new Standing(
          worst.failures() >= FAILURES_UNTIL_UNREACHABLE
              ? Reachability.UNREACHABLE
              : Reachability.DEGRADED,
          polls + (worst.why().isEmpty() ? "" : ": " + worst.why()));
    }
    return plugins.entrySet().stream()
        .filter(p -> p.getValue().isFresh() && p.getValue().verdict() != Verdict.SUCCESS)
        .findFirst()
        .map(p -> new Standing(Reachability.DEGRADED, partial(p.getKey(), p.getValue())))
        .orElse(new Standing(Reachability.REACHABLE, ""));
  }

  private static PluginView most(Collection<PluginView> fresh) {
    return fresh.stream().reduce((a, b) -> b.failures() > a.failures() ? b : a).orElseThrow();
  }

  private static String partial(String plugin, PluginView view) {
    String what = view.verdict() == Verdict.FAILURE ? " fails" : " is incomplete";
    return plugin + what + (view.why().isEmpty() ? "" : ": " + view.why());
  }

  private static String silence(Map<String, PluginView> plugins) {
    Optional<String> told =
        plugins.entrySet().stream()
            .filter(p -> p.getValue().notPolled() != null)
            .findFirst()
            .map(p -> notPolled(p.getKey(), p.getValue()));
    return told.orElseGet(() -> {
      Map.Entry<String, PluginView> first = plugins.entrySet().iterator().next();
      return "no outcome of %s by %s".formatted(first.getKey(), first.getValue().expectedBy());
    });
  }

  private static String notPolled(String plugin, PluginView view) {
    String why = view.notPolled();
    return "%s was not polled, %s%s"
        .formatted(plugin, view.status(), why == null || why.isEmpty() ? "" : ": " + why);
  }
}
