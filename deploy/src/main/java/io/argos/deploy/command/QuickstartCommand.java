package io.argos.deploy.command;

import io.argos.deploy.log.LogFormat;
import io.argos.deploy.log.LogSetup;
import io.argos.deploy.quickstart.Progress;
import io.argos.deploy.quickstart.Quickstart;
import io.argos.deploy.quickstart.QuickstartException;
import io.argos.deploy.quickstart.QuickstartFolder;
import io.argos.servers.ServerStartException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code argos quickstart}. */
@Command(
    name = "quickstart",
    description = {
      "Shows Argos at work on simulated devices: servers, services and devices in this process,",
      "each step said when it is true, then a table of the devices; runs until Ctrl-C.",
      "All it writes is in one folder, the log argos.log among it."
    },
    footer = {
      "  argos quickstart",
      "  argos quickstart --once --json",
      "  argos quickstart --devices 100"
    })
final class QuickstartCommand implements Callable<Integer> {
  private static final int TAIL = 20;

  @Mixin private Context context = new Context();

  @Option(
      names = "--devices",
      paramLabel = "N",
      description = "How many devices are simulated. Default: ${DEFAULT-VALUE}.")
  private int devices = 12;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder to write to. Default: argos-quickstart in the folder of temporary files.")
  private Path data = Path.of(System.getProperty("java.io.tmpdir"), "argos-quickstart");

  @Option(
      names = "--keep",
      description = "Goes on with the data that a former quickstart left there.")
  private boolean keep;

  @Option(names = "--once", description = "Stops after the first full round.")
  private boolean once;

  @Option(names = "--json", description = "Prints each step as a JSON line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    if (devices < 1 || devices > 5_000) {
      throw context.usage("--devices: '" + devices + "' is not between 1 and 5000");
    }
    Progress progress = new Progress(context.out(), json, System::nanoTime);
    QuickstartFolder folder;
    try {
      folder = QuickstartFolder.prepare(data, keep);
    } catch (QuickstartException e) {
      throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
    LogSetup.start(Level.INFO, true, LogFormat.TEXT, log(folder));
    Quickstart quickstart =
        new Quickstart(folder, progress, devices, context.sources().overrides());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  quickstart.close();
                  stopped.countDown();
                },
                "quickstart-shutdown"));
    try {
      quickstart.run();
    } catch (QuickstartException | ServerStartException | UncheckedIOException e) {
      return failed(progress, folder, String.valueOf(e.getMessage()));
    } finally {
      if (once) {
        quickstart.close();
      }
    }
    if (!once) {
      progress.text("Ctrl-C ends it; the log is " + folder.log());
      stopped.await();
    }
    return ExitCode.OK.code();
  }

  private int failed(Progress progress, QuickstartFolder folder, String cause) {
    progress.step("failed", cause, Map.of("cause", cause));
    context.err().println(cause);
    context.err().println("The end of " + folder.log() + ":");
    folder.logTail(TAIL).forEach(line -> context.err().println("  " + line));
    return ExitCode.FAILED.code();
  }

  private static OutputStream log(QuickstartFolder folder) {
    try {
      return Files.newOutputStream(
          folder.log(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "cannot write " + folder.log() + ": " + e.getMessage());
    }
  }
}
