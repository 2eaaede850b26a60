package io.argos.deploy;

import io.argos.deploy.command.ArgosCommand;
import io.argos.deploy.command.Console;

/** The program. */
public final class ArgosMain {
  private ArgosMain() {}

  public static void main(String[] arguments) {
    System.exit(ArgosCommand.run(Console.ofProcess(), arguments));
  }
}
