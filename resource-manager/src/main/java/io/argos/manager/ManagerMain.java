package io.argos.manager;

import io.argos.config.ArgosConfig;
import io.argos.runtime.stage.ServiceShell;

/** The resource-manager as a process. */
public final class ManagerMain {
  private ManagerMain() {}

  /** Runs the service until the process is told to stop. */
  public static void run(ArgosConfig config) throws InterruptedException {
    ServiceShell shell = ServiceShell.open(config, ManagerWiring.STAGE);
    shell.lifecycle().closeOnSignal();
    ManagerWiring.start(config, shell);
    shell.started();
    shell.lifecycle().awaitClosed();
  }
}
