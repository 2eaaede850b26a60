package io.argos.deploy.explain;

/**
 * One step on the way from a claim to a state.
 *
 * @param name what is looked at, such as {@code slot}
 * @param of whose it is, {@code stage/plugin}; empty where it is the resource's
 * @param finding what it came to
 */
public record Step(String name, String of, Finding finding) {

  static Step ok(String name, String of, String text) {
    return new Step(name, of, new Finding.Ok(text));
  }

  static Step unknown(String name, String of, String text) {
    return new Step(name, of, new Finding.Unknown(text));
  }

  static Step broken(String name, String of, String text, String remedy) {
    return new Step(name, of, new Finding.Broken(text, remedy));
  }

  /** Whether the way ends here. */
  public boolean broken() {
    return finding instanceof Finding.Broken;
  }
}
