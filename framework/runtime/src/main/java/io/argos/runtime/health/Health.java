package io.argos.runtime.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Whether this process is alive, has started and is ready, by named conditions that each give a
/// reason while they are not met. Safe for use by any thread.
///
/// - **live**: a process that is not must be restarted, so only what a restart mends belongs here.
/// - **started**: once true, it stays so.
/// - **ready**: started, and every condition of readiness met. What the process can do without for
///   a while is told along with it, and makes it degraded at most.
public final class Health {
  /** The three questions that a supervisor asks. */
  public enum Aspect {
    LIVE,
    STARTED,
    READY
  }

  /** One condition and how it stands; the reason is empty when it is met. */
  public record Check(String name, boolean met, String reason) {}

  /**
   * The answer to one question.
   *
   * @param checks the conditions in the order of their names
   * @param degraded what is not as it should be and keeps the process from nothing that it must do
   */
  public record Status(boolean ok, List<Check> checks, List<Check> degraded) {
    public Status {
      checks = List.copyOf(checks);
      degraded = List.copyOf(degraded);
    }

    /** The conditions that are not met, each with its reason, as one line. */
    public String reasons() {
      return String.join(
          "; ",
          checks.stream().filter(c -> !c.met()).map(c -> c.name() + ": " + c.reason()).toList());
    }
  }

  /** A condition that its owner sets. */
  public interface Condition extends AutoCloseable {
    /** It is met from now on. */
    void met();

    /** It is not met from now on. */
    void unmet(String reason);

    /** Takes the condition away, met or not. */
    @Override
    void close();
  }

  /** Gives the reason while a condition is not met, and nothing while it is. */
  private final Map<Aspect, Map<String, Supplier<Optional<String>>>> conditions =
      Map.of(
          Aspect.LIVE, new ConcurrentSkipListMap<>(),
          Aspect.STARTED, new ConcurrentSkipListMap<>(),
          Aspect.READY, new ConcurrentSkipListMap<>());

  private final Map<String, Supplier<Optional<String>>> useful = new ConcurrentSkipListMap<>();
  private final AtomicBoolean started = new AtomicBoolean();

  /**
   * Adds a condition that its owner sets; a former one of that name is replaced.
   *
   * @param reason why it is not met yet; it starts unmet
   */
  public Condition condition(Aspect aspect, String name, String reason) {
    var condition = new SetCondition(aspect, name, Optional.of(reason));
    of(aspect).put(name, condition);
    return condition;
  }

  /** Adds a condition that is met until its owner says otherwise. */
  public Condition metCondition(Aspect aspect, String name) {
    var condition = new SetCondition(aspect, name, Optional.empty());
    of(aspect).put(name, condition);
    return condition;
  }

  /**
   * Adds a condition that is looked at whenever somebody asks.
   *
   * @param reason quick and without side effects: why it is not met, or nothing when it is
   */
  public void check(Aspect aspect, String name, Supplier<Optional<String>> reason) {
    of(aspect).put(name, reason);
  }

  /**
   * Adds a condition that is told with those of readiness, and does not decide it.
   *
   * @param reason quick and without side effects: why it is not met, or nothing when it is
   */
  public void useful(String name, Supplier<Optional<String>> reason) {
    useful.put(name, reason);
  }

  /** How things stand. */
  public Status status(Aspect aspect) {
    List<Check> checks = new ArrayList<>();
    if (aspect == Aspect.STARTED && started.get()) {
      for (String name : of(Aspect.STARTED).keySet()) {
        checks.add(new Check(name, true, ""));
      }
      return new Status(true, checks, List.of());
    }
    List<Check> degraded = new ArrayList<>();
    if (aspect == Aspect.READY) {
      checks.addAll(status(Aspect.STARTED).checks());
      useful.forEach((name, condition) -> degraded.add(look(name, condition)));
      degraded.removeIf(Check::met);
    }
    of(aspect).forEach((name, condition) -> checks.add(look(name, condition)));
    boolean ok = checks.stream().allMatch(Check::met);
    if (aspect == Aspect.STARTED && ok) {
      started.set(true);
    }
    return new Status(ok, checks, degraded);
  }

  /** Whether the process may be given work. */
  public boolean ready() {
    return status(Aspect.READY).ok();
  }

  private static Check look(String name, Supplier<Optional<String>> condition) {
    try {
      return condition
          .get()
          .map(reason -> new Check(name, false, reason))
          .orElseGet(() -> new Check(name, true, ""));
    } catch (RuntimeException e) {
      // A check that fails is itself a reason; the endpoint must answer all the same.
      return new Check(name, false, "the check failed: " + e);
    }
  }

  private Map<String, Supplier<Optional<String>>> of(Aspect aspect) {
    return Objects.requireNonNull(conditions.get(aspect));
  }

  private final class SetCondition implements Condition, Supplier<Optional<String>> {
    private final Aspect aspect;
    private final String name;
    private volatile Optional<String> reason;

    SetCondition(Aspect aspect, String name, Optional<String> reason) {
      this.aspect = aspect;
      this.name = name;
      this.reason = reason;
    }

    @Override
    public Optional<String> get() {
      return reason;
    }

    @Override
    public void met() {
      reason = Optional.empty();
    }

    @Override
    public void unmet(String why) {
      reason = Optional.of(why);
    }

    @Override
    public void close() {
      of(aspect).remove(name, this);
    }
  }
}
