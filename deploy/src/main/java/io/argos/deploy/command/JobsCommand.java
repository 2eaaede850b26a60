package io.argos.deploy.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code argos jobs}. */
@Command(
    name = "jobs",
    description =
        "Shows what became of jobs and what is due, runs some at once and suspends others.",
    subcommands = {
      JobsAuditCommand.class,
      JobsNextCommand.class,
      JobsRunCommand.class,
      SuspendCommands.Suspend.class,
      SuspendCommands.Resume.class,
      SuspendCommands.Suspended.class
    },
    footer = {
      "  argos jobs audit --since 1h",
      "  argos jobs next oslo/edge1",
      "  argos jobs run oslo/edge1",
      "  argos jobs suspend oslo/edge1 --for 2h --comment 'power is cut for works'"
    })
final class JobsCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }
}
