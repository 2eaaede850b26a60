package io.argos.deploy.command;

import io.argos.config.ArgosConfig;
import io.argos.runtime.lifecycle.Lifecycle;
import io.argos.servers.Servers;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code argos servers}. */
@Command(
    name = "servers",
    description = {
      "Runs Kafka, ZooKeeper, Redis and a schema registry on loopback until it is stopped, and no service.",
      "Data go to the folder of instance.data; the ports are those of servers.*."
    },
    footer = {"  argos servers", "  argos servers --set instance.data=/var/lib/argos"})
final class ServersCommand implements Callable<Integer>, Service {
  private static final Logger log = LoggerFactory.getLogger(ServersCommand.class);
  private static final Duration CLOSE = Duration.ofSeconds(20);

  @Mixin private Context context = new Context();

  @Override
  public Integer call() throws InterruptedException {
    ArgosConfig config = context.config();
    Lifecycle lifecycle = new Lifecycle("servers");
    lifecycle.closeOnSignal();
    Servers servers = Servers.start(config.servers(), config.instance().data().resolve("servers"));
    lifecycle.add("servers", CLOSE, servers);
    log.info(
        "servers up kafka={} zookeeper={} redis=127.0.0.1:{} registry={}",
        servers.bootstrap(),
        servers.connect(),
        servers.redis().port(),
        servers.registryUrl());
    lifecycle.awaitClosed();
    return ExitCode.OK.code();
  }
}
