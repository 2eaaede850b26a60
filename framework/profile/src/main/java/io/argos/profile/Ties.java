package io.argos.profile;

import io.argos.profile.format.MatchRule;
import io.argos.profile.format.Problem;
import io.argos.profile.format.Profile;
import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds profiles between which no device could choose: two rules ask for the same things, and what
 * the one asks for the other accepts. Such a device is made up and matched, so whatever is told is
 * so. Rules whose patterns may or may not fit one text are left to the matching of a device.
 */
final class Ties {
  private static final Pattern LITERAL =
      Pattern.compile("\\^?((?:[^\\\\\\[\\](){}.*+?^$|]|\\\\[^A-Za-z0-9])*)\\$?");

  private Ties() {}

  /** One problem for each of two profiles that tie, at its rule. */
  static List<Problem> of(List<Profile> profiles, Function<DeviceFacts, Matching> matching) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < profiles.size(); i++) {
      for (int j = i + 1; j < profiles.size(); j++) {
        tie(profiles.get(i), profiles.get(j), matching).ifPresent(problems::addAll);
      }
    }
    return problems;
  }

  private static Optional<List<Problem>> tie(
      Profile a, Profile b, Function<DeviceFacts, Matching> matching) {
    for (MatchRule one : a.match()) {
      for (MatchRule other : b.match()) {
        Optional<Device> device = device(one, other);
        if (device.isPresent()
            && (!device.get().exact()
                || (matching.apply(device.get().facts())
                        instanceof Matching.Ambiguous(List<String> names, _)
                    && names.contains(a.name())
                    && names.contains(b.name())))) {
          return Optional.of(
              List.of(
                  problem(a, one, b, other, device.get()),
                  problem(b, other, a, one, device.get())));
        }
      }
    }
    return Optional.empty();
  }

  private static Problem problem(
      Profile own, MatchRule rule, Profile other, MatchRule theirs, Device device) {
    return new Problem(
        rule.place(),
        "profiles %s and %s fit equally well%s; make a rule of one more specific (the rule of %s is at %s)"
            .formatted(own.name(), other.name(), device.told(), other.name(), theirs.place()));
  }

  /**
   * A device that both rules accept.
   *
   * @param exact false when a text of it is not known, only that it is there
   */
  private record Device(DeviceFacts facts, boolean exact, String told) {}

  /** A device that both rules accept equally well, where that can be told. */
  private static Optional<Device> device(MatchRule a, MatchRule b) {
    if (!a.labels().keySet().equals(b.labels().keySet())
        || a.sysDescr().isPresent() != b.sysDescr().isPresent()
        || a.sysObjectIds().isEmpty() != b.sysObjectIds().isEmpty()) {
      return Optional.empty();
    }
    Optional<Optional<Oid>> oid = common(a.sysObjectIds(), b.sysObjectIds());
    Optional<String> resourceClass = word(a.classes(), b.classes());
    Optional<String> subclass = word(a.subclasses(), b.subclasses());
    Optional<String> type = word(a.types(), b.types());
    Optional<Optional<Text>> descr =
        a.sysDescr().isEmpty()
            ? Optional.of(Optional.empty())
            : text(a.sysDescr().get(), b.sysDescr().orElseThrow()).map(Optional::of);
    if (oid.isEmpty()
        || resourceClass.isEmpty()
        || subclass.isEmpty()
        || type.isEmpty()
        || descr.isEmpty()) {
      return Optional.empty();
    }
    boolean exact = descr.get().map(Text::exact).orElse(true);
    Map<String, String> labels = new HashMap<>();
    for (Map.Entry<String, Pattern> label : a.labels().entrySet()) {
      Pattern other = b.labels().getOrDefault(label.getKey(), label.getValue());
      Optional<Text> value = text(label.getValue(), other);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      exact &= value.get().exact();
      labels.put(label.getKey(), value.get().text());
    }
    DeviceFacts facts =
        new DeviceFacts(
            oid.get().map(Oid::toString),
            descr.get().map(Text::text),
            resourceClass.get(),
            subclass.get(),
            type.get(),
            labels);
    return Optional.of(new Device(facts, exact, told(facts)));
  }

  private static String told(DeviceFacts facts) {
    List<String> told = new ArrayList<>();
    facts.sysObjectId().ifPresent(oid -> told.add("sysObjectID " + oid));
    facts.sysDescr().ifPresent(text -> told.add("sysDescr with " + text));
    add("class", facts.resourceClass(), told);
    add("subclass", facts.subclass(), told);
    add("type", facts.type(), told);
    facts.labels().forEach((label, value) -> add("label " + label, value, told));
    return told.isEmpty() ? " every device" : " a device of " + String.join(", ", told);
  }

  private static void add(String what, String value, List<String> told) {
    if (!value.isEmpty()) {
      told.add(what + " " + value);
    }
  }

  /** The longest prefix of both; empty when there is none, an empty one when neither asks. */
  private static Optional<Optional<Oid>> common(List<Oid> a, List<Oid> b) {
    return a.isEmpty()
        ? Optional.of(Optional.empty())
        : a.stream()
            .filter(b::contains)
            .max(Comparator.comparingInt(Oid::length))
            .map(Optional::of);
  }

  /** A word of both sets, the empty one when neither asks for any. */
  private static Optional<String> word(Set<String> a, Set<String> b) {
    if (a.isEmpty() && b.isEmpty()) {
      return Optional.of("");
    }
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    return both.stream().sorted().findFirst();
  }

  /**
   * A text that two patterns are found in.
   *
   * @param exact false when it is the pattern itself, since no text of it is known
   */
  private record Text(String text, boolean exact) {}

  private static Optional<Text> text(Pattern a, Pattern b) {
    for (Pattern one : List.of(a, b)) {
      var literal = LITERAL.matcher(one.pattern());
      if (literal.matches()) {
        String text = literal.group(1).replaceAll("\\\\(.)", "$1");
        if (a.matcher(text).find() && b.matcher(text).find()) {
          return Optional.of(new Text(text, true));
        }
      }
    }
    return a.pattern().equals(b.pattern())
        ? Optional.of(new Text(a.pattern(), false))
        : Optional.empty();
  }
}
