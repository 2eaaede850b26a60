package io.argos.runtime.secret;

/** Where secrets lie in Redis: {@code <prefix>:secret:<name>:<site>}. */
record SecretNames(String prefix) {
  /** The site whose secrets hold wherever a site has none of its own. */
  static final String DEFAULT_SITE = "default";

  String place(String name, String site) {
    return start() + escaped(name) + ':' + escaped(site);
  }

  /** Name of the secret that lies at a place. */
  String nameAt(String place) {
    String name = place.substring(start().length(), place.lastIndexOf(':'));
    return name.replace("%3A", ":").replace("%25", "%");
  }

  /** What all places begin with. */
  String start() {
    return prefix + ":secret:";
  }

  /** A colon in a name must not make it another name's place. */
  private static String escaped(String part) {
    return part.replace("%", "%25").replace(":", "%3A");
  }
}
