package io.argos.deploy.explain;

/** What one step on the way of a resource came to. */
public sealed interface Finding {

  /** What was found, in words. */
  String text();

  /** It is as it should be. */
  record Ok(String text) implements Finding {}

  /** It cannot be told, or there is nothing to tell yet. */
  record Unknown(String text) implements Finding {}

  /**
   * The way ends here.
   *
   * @param remedy what a person does about it
   */
  record Broken(String text, String remedy) implements Finding {}
}
