package io.argos.deploy.command;

import io.argos.deploy.standalone.Standalone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code argos standalone}. */
@Command(
    name = "standalone",
    description = {
      "Runs the servers, makes the topics, and runs every service in this process until it is stopped.",
      "For one machine; topics have 4 partitions unless topics.partitions says otherwise."
    },
    footer = {
      "  argos standalone -c argos.yaml",
      "  argos standalone --set instance.data=/var/lib/argos"
    })
final class StandaloneCommand implements Callable<Integer>, Service {
  private static final Logger log = LoggerFactory.getLogger(StandaloneCommand.class);

  @Mixin private Context context = new Context();

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    Standalone standalone = Standalone.open(context.sources());
    standalone.ensureTopics();
    standalone.startServices();
    log.info(
        "standalone up kafka={} registry={} http={}:{}",
        standalone.servers().bootstrap(),
        standalone.servers().registryUrl(),
        standalone.config().http().bind(),
        standalone.shell().http().port());
    standalone.shell().lifecycle().awaitClosed();
    return ExitCode.OK.code();
  }
}
