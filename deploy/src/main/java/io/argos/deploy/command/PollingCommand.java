package io.argos.deploy.command;

import io.argos.polling.PollingMain;
import io.argos.polling.PollingWiring;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code argos polling}. */
@Command(
    name = "polling",
    description = {
      "Runs the polling service, which measures what changes fast, until it is stopped.",
      "Any number of instances share the work; one of them leads."
    },
    footer = {
      "  argos polling -c /etc/argos/argos.yaml",
      "  argos polling --set http.port=0 --log-format json"
    })
final class PollingCommand implements Callable<Integer>, Service {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() throws InterruptedException {
    PollingMain.run(context.config(PollingWiring::check));
    return ExitCode.OK.code();
  }
}
