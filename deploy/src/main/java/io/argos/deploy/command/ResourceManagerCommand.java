package io.argos.deploy.command;

import io.argos.manager.ManagerMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code argos resource-manager}. */
@Command(
    name = "resource-manager",
    description = {
      "Runs the topologies that fold the log into state until it is stopped.",
      "Any number of instances share the partitions."
    },
    footer = {
      "  argos resource-manager -c /etc/argos/argos.yaml",
      "  argos resource-manager --set streams.threads=4"
    })
final class ResourceManagerCommand implements Callable<Integer>, Service {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() throws InterruptedException {
    ManagerMain.run(context.config());
    return ExitCode.OK.code();
  }
}
