package io.argos.config;

/** Where a value comes from. */
public sealed interface Origin {

  /** Written in a file; lines and columns count from 1. */
  record InFile(String file, int line, int column) implements Origin {
    @Override
    public String describe() {
      return file + ":" + line;
    }
  }

  /** Given by an environment variable of the form {@code ARGOS__SECTION__KEY}. */
  record InEnvironment(String variable) implements Origin {
    @Override
    public String describe() {
      return "env " + variable;
    }
  }

  /** Given on the command line. */
  record OnCommandLine(String option) implements Origin {
    @Override
    public String describe() {
      return option;
    }
  }

  /** The default that Argos ships. */
  record Shipped() implements Origin {
    @Override
    public String describe() {
      return "default";
    }
  }

  /**
   * Short form for people: {@code file:line}, {@code env NAME}, {@code --set} or {@code default}.
   */
  String describe();
}
