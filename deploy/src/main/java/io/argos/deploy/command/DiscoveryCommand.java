package io.argos.deploy.command;

import io.argos.discovery.DiscoveryMain;
import io.argos.discovery.DiscoveryWiring;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code argos discovery}. */
@Command(
    name = "discovery",
    description = {
      "Runs the discovery service, which finds resources, until it is stopped.",
      "Any number of instances share the work; one of them leads."
    },
    footer = {
      "  argos discovery -c /etc/argos/argos.yaml",
      "  argos discovery --set http.port=0 --log-format json"
    })
final class DiscoveryCommand implements Callable<Integer>, Service {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() throws InterruptedException {
    DiscoveryMain.run(context.config(DiscoveryWiring::check));
    return ExitCode.OK.code();
  }
}
