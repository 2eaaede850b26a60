package io.argos.discovery;

import io.argos.config.ArgosConfig;
import io.argos.runtime.stage.ServiceShell;

/** The discovery service as a process. */
public final class DiscoveryMain {
  private DiscoveryMain() {}

  /**
   * Runs the service until the process is told to stop.
   *
   * @throws io.argos.config.ConfigException with every problem, before any socket is opened
   */
  public static void run(ArgosConfig config) throws InterruptedException {
    DiscoveryWiring.check(config);
    ServiceShell shell = ServiceShell.open(config, "discovery");
    shell.lifecycle().closeOnSignal();
    DiscoveryWiring.start(config, shell);
    shell.started();
    shell.lifecycle().awaitClosed();
  }
}
