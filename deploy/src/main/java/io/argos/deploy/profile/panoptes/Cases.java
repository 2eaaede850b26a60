package io.argos.deploy.profile.panoptes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values by key as expressions that choose one. Many are split, since an expression has an end.
 *
 * @param key the expression that tells the key
 */
record Cases(String key, Map<String, String> values) {
  private static final int CASES = 20;
  private static final int KEYS = 40;
  private static final int LONGEST = 2_000;

  /** The expressions in order: what one knows nothing of, the next may. */
  List<String> expressions() throws UntranslatableException {
    Map<String, List<String>> keysOf = new LinkedHashMap<>();
    for (Map.Entry<String, String> value : values.entrySet()) {
      keysOf
          .computeIfAbsent(value.getValue(), _ -> new ArrayList<>())
          .add(Term.literal(value.getKey()).text());
    }
    List<String> cases = new ArrayList<>();
    for (Map.Entry<String, List<String>> one : keysOf.entrySet()) {
      List<String> keys = one.getValue();
      for (int from = 0; from < keys.size(); from += KEYS) {
        List<String> some = keys.subList(from, Math.min(keys.size(), from + KEYS));
        String test =
            some.size() == 1
                ? key + " == " + some.getFirst()
                : key + " in [" + String.join(", ", some) + "]";
        cases.add(test + " ? " + one.getKey());
      }
    }
    List<String> expressions = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int count = 0;
    for (String one : cases) {
      if (count == CASES || (count > 0 && open.length() + one.length() > LONGEST)) {
        expressions.add(open + " : none");
        open.setLength(0);
        count = 0;
      }
      open.append(count++ == 0 ? "" : " : ").append(one);
    }
    if (count > 0) {
      expressions.add(open + " : none");
    }
    return expressions;
  }
}
