package io.argos.deploy.command;

import picocli.CommandLine.Option;

/** Who directs something, and why. Mixed into a command: {@code @Mixin Author author}. */
final class Author {
  @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for those who ask later.")
  private String comment = "";

  @Option(
      names = "--author",
      paramLabel = "WHO",
      description = "Who directs it. Default: the user of this process.")
  private String name = ofProcess();

  String name() {
    return name;
  }

  String comment() {
    return comment;
  }

  /** The user of this process. */
  static String ofProcess() {
    return System.getProperty("user.name", "unknown");
  }
}
