package io.argos.deploy.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code argos jobs}. */
@Command(
    name = "jobs",
    description = "Shows what became of jobs, and what is due.",
    subcommands = {JobsAuditCommand.class},
    footer = {"  argos jobs audit --since 1h"})
final class JobsCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }
}
