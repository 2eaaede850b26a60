package io.argos.deploy.command;

import io.argos.enrichment.EnrichmentMain;
import io.argos.enrichment.EnrichmentWiring;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code argos enrichment}. */
@Command(
    name = "enrichment",
    description = {
      "Runs the enrichment service, which learns what changes slowly, until it is stopped.",
      "Any number of instances share the work; one of them leads."
    },
    footer = {
      "  argos enrichment -c /etc/argos/argos.yaml",
      "  argos enrichment --set http.port=0 --log-format json"
    })
final class EnrichmentCommand implements Callable<Integer>, Service {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() throws InterruptedException {
    EnrichmentMain.run(context.config(EnrichmentWiring::check));
    return ExitCode.OK.code();
  }
}
