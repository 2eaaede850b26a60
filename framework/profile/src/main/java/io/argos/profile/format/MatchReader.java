package io.argos.profile.format;

import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads match rules, bounds of the exchange and the like. */
final class MatchReader {
  private MatchReader() {}

  static List<MatchRule> rules(Tree tree, List<Problem> problems) {
    List<MatchRule> rules = new ArrayList<>();
    List<Tree> items = tree instanceof Tree.Items list ? list.items() : List.of(tree);
    for (Tree item : items) {
      Fields fields = Fields.of(item, "a match rule", problems);
      List<Oid> oids = new ArrayList<>();
      fields.texts("sysObjectID").forEach(text -> fields.oid(text).ifPresent(oids::add));
      Optional<Pattern> descr = fields.scalar("sysDescr").flatMap(fields::pattern);
      Map<String, Pattern> labels = new HashMap<>();
      fields
          .tree("labels")
          .ifPresent(found ->
              Fields.of(found, "labels", problems)
                  .entries()
                  .forEach((label, value) -> {
                    if (value instanceof Tree.Text text) {
                      fields.pattern(text).ifPresent(p -> labels.put(label, p));
                    } else {
                      fields.problem(value.place(), "a label has a pattern");
                    }
                  }));
      rules.add(
          new MatchRule(
              item.place(),
              oids,
              descr,
              words(fields, "class"),
              words(fields, "subclass"),
              words(fields, "type"),
              labels));
      fields.done("a match rule");
    }
    return rules;
  }

  private static Set<String> words(Fields fields, String key) {
    Set<String> words = new HashSet<>();
    fields.texts(key).forEach(text -> words.add(text.value()));
    return words;
  }
}
