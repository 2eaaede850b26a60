package io.argos.profile;

import io.argos.profile.expression.Budget;
import io.argos.profile.format.MatchRule;
import io.argos.profile.format.Place;
import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How closely a rule fits a device. What a person said of the resource by a label counts most, then
 * the length of the sysObjectID, then sysDescr, then class, subclass and type.
 *
 * @param labels count of labels that held
 * @param arcs arcs of the sysObjectID prefix that held
 * @param sysDescr 1 when a pattern was found in sysDescr
 * @param attributes count of class, subclass and type that held
 * @param reason what held, for a reader
 */
record Specificity(int labels, int arcs, int sysDescr, int attributes, String reason) {
  static final Comparator<Specificity> ORDER =
      Comparator.comparingInt(Specificity::labels)
          .thenComparingInt(Specificity::arcs)
          .thenComparingInt(Specificity::sysDescr)
          .thenComparingInt(Specificity::attributes);

  /** The same for a reader who asks for a rule. */
  RuleFit of(String profile, Place place) {
    return new RuleFit(profile, place, true, labels, arcs, sysDescr, attributes, reason);
  }

  /** How closely a rule fits, or empty when it does not. */
  static Optional<Specificity> of(MatchRule rule, DeviceFacts facts) {
    List<String> reasons = new ArrayList<>();
    int arcs = 0;
    if (!rule.sysObjectIds().isEmpty()) {
      Optional<Oid> longest = longestPrefix(rule.sysObjectIds(), facts.sysObjectId());
      if (longest.isEmpty()) {
        return Optional.empty();
      }
      arcs = longest.get().length();
      reasons.add("sysObjectID begins with " + longest.get());
    }
    int descr = 0;
    if (rule.sysDescr().isPresent()) {
      Pattern pattern = rule.sysDescr().get();
      if (!Budget.finds(pattern, facts.sysDescr().orElse(""))) {
        return Optional.empty();
      }
      descr = 1;
      reasons.add("sysDescr has " + pattern.pattern());
    }
    int attributes = 0;
    attributes += holds("class", rule.classes(), facts.resourceClass(), reasons);
    attributes += holds("subclass", rule.subclasses(), facts.subclass(), reasons);
    attributes += holds("type", rule.types(), facts.type(), reasons);
    if (attributes < 0) {
      return Optional.empty();
    }
    for (Map.Entry<String, Pattern> label : rule.labels().entrySet()) {
      String value = facts.labels().get(label.getKey());
      if (value == null || !Budget.finds(label.getValue(), value)) {
        return Optional.empty();
      }
      reasons.add("label " + label.getKey() + " is " + value);
    }
    String reason = reasons.isEmpty() ? "it fits every device" : String.join(", ", reasons);
    return Optional.of(new Specificity(rule.labels().size(), arcs, descr, attributes, reason));
  }

  /** 1 when the value is wanted, 0 when any is, far below 0 when it is not wanted. */
  private static int holds(
      String what, java.util.Set<String> wanted, String value, List<String> reasons) {
    if (wanted.isEmpty()) {
      return 0;
    }
    if (!wanted.contains(value)) {
      return -100;
    }
    reasons.add(what + " is " + value);
    return 1;
  }

  private static Optional<Oid> longestPrefix(List<Oid> prefixes, Optional<String> sysObjectId) {
    if (sysObjectId.isEmpty()) {
      return Optional.empty();
    }
    Oid oid;
    try {
      oid = Oid.parse(sysObjectId.get());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return prefixes.stream().filter(oid::startsWith).max(Comparator.comparingInt(Oid::length));
  }
}
