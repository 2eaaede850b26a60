package io.argos.deploy.doctor;

/**
 * What one check came to.
 *
 * @param group what it is about, such as {@code servers}
 * @param name what was looked at
 * @param verdict how it is
 * @param sentence what was found, and what to do where something is wrong
 */
public record Result(String group, String name, Verdict verdict, String sentence) {

  /** How something is. */
  public enum Verdict {
    OK,
    /** It works, and a person should know. */
    WARN,
    /** It does not work. */
    FAIL
  }

  static Result ok(String group, String name, String sentence) {
    return new Result(group, name, Verdict.OK, sentence);
  }

  static Result warn(String group, String name, String sentence) {
    return new Result(group, name, Verdict.WARN, sentence);
  }

  static Result fail(String group, String name, String sentence) {
    return new Result(group, name, Verdict.FAIL, sentence);
  }
}
