package io.argos.deploy.profile.panoptes;

/** Texts as they are written in YAML. */
final class Yaml {
  private Yaml() {}

  /** A text in quotes. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFEFF') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** An expression of many cases, each on a line of its own, which YAML joins by a blank. */
  static String lines(String cases) {
    return quoted(cases).replaceAll(" : (?=\\w+ (?:==|in) )", "\n          : ");
  }

  /** A name of letters, digits and underscores. */
  static String name(String text) {
    String name = text.replaceAll("[^A-Za-z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  /** A text on one line of a comment. */
  static String comment(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "");
  }
}
