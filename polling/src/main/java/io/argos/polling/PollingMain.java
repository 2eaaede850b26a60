package io.argos.polling;

import io.argos.config.ArgosConfig;
import io.argos.runtime.stage.ServiceShell;

/** The polling service as a process. */
public final class PollingMain {
  private PollingMain() {}

  /**
   * Runs the service until the process is told to stop.
   *
   * @throws io.argos.config.ConfigException with every problem, before any socket is opened
   */
  public static void run(ArgosConfig config) throws InterruptedException {
    PollingWiring.check(config);
    ServiceShell shell = ServiceShell.open(config, "polling");
    shell.lifecycle().closeOnSignal();
    PollingWiring.start(config, shell);
    shell.started();
    shell.lifecycle().awaitClosed();
  }
}
