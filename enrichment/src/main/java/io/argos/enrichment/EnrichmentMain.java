package io.argos.enrichment;

import io.argos.config.ArgosConfig;
import io.argos.runtime.stage.ServiceShell;

/** The enrichment service as a process. */
public final class EnrichmentMain {
  private EnrichmentMain() {}

  /**
   * Runs the service until the process is told to stop.
   *
   * @throws io.argos.config.ConfigException with every problem, before any socket is opened
   */
  public static void run(ArgosConfig config) throws InterruptedException {
    EnrichmentWiring.check(config);
    ServiceShell shell = ServiceShell.open(config, "enrichment");
    shell.lifecycle().closeOnSignal();
    EnrichmentWiring.start(config, shell);
    shell.started();
    shell.lifecycle().awaitClosed();
  }
}
