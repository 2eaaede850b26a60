package io.argos.deploy.command;

import io.argos.config.ArgosConfig;
import io.argos.deploy.capture.Anonymiser;
import io.argos.deploy.capture.Capture;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.profile.SystemGroup;
import io.argos.schemas.Resource;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpEngine;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import io.argos.spi.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos device capture}. */
@Command(
    name = "capture",
    description = {
      "Walks a device and writes what it answers as a recording (.snmprec), for 'argos simulate' and 'argos profile test'.",
      "Ends loops and endless tables, and goes on beside them. Exit code 1 when the device stopped to answer before the end: what came is written."
    },
    footer = {
      "  argos device capture 192.0.2.1 --community - -o frob.snmprec",
      "  argos device capture core-1 --secret campus --anonymise > core.snmprec",
      "  argos device capture core-1 --secret campus --root 1.3.6.1.2.1 --max-values 5000"
    })
final class DeviceCaptureCommand implements Callable<Integer> {
  private static final long LINE_EVERY_NANOS = 500_000_000L;

  @Mixin private Context context = new Context();
  @Mixin private DeviceOptions device = new DeviceOptions();

  @Parameters(paramLabel = "ENDPOINT", description = "Host or address with an optional port.")
  private String endpoint = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write. Default: standard output.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--anonymise",
      description =
          "Replaces names, contacts, places, descriptions, neighbours, addresses, MAC addresses and serial numbers, the same by the same, and leaves out credentials and what programs print. Read the file before you give it away.")
  private boolean anonymise;

  @Option(
      names = "--root",
      paramLabel = "OID",
      description = "Subtree to walk. May be repeated. Default: all.")
  private List<String> roots = new ArrayList<>();

  @Option(
      names = "--max-values",
      paramLabel = "N",
      description = "Values after which it ends. Default: ${DEFAULT-VALUE}.")
  private int mostValues = 500_000;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (mostValues < 1) {
      throw context.usage("--max-values must be at least 1");
    }
    List<Oid> wanted =
        roots.isEmpty() ? Capture.EVERYTHING : roots.stream().map(this::oid).toList();
    Optional<Path> target = file.map(context::path);
    target.ifPresent(this::checkWritable);
    Resource resource = device.resource(context, endpoint);
    ArgosConfig config = context.config();
    Capture.Result result =
        device.ask(
            context,
            config,
            (secrets, credentials) -> walk(resource, config, secrets, credentials, wanted));
    var values = anonymise ? new Anonymiser().anonymise(result.values()) : result.values();
    byte[] lines = Anonymiser.lines(values);
    if (target.isPresent()) {
      Files.write(target.get(), lines);
    } else {
      context.out().write(lines);
    }
    result.remarks().forEach(remark -> context.err().println(endpoint + ": " + remark));
    context
        .err()
        .println(
            "%s: %d values in %d requests%s"
                .formatted(
                    endpoint,
                    values.size(),
                    result.requests(),
                    file.map(path -> ", written to " + path).orElse("")));
    if (result.silence().isPresent()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          endpoint + ": it stopped to answer before the end: " + result.silence().get().detail());
    }
    return ExitCode.OK.code();
  }

  private Capture.Result walk(
      Resource resource,
      ArgosConfig config,
      Secrets secrets,
      List<String> credentials,
      List<Oid> wanted)
      throws InterruptedException {
    try (SnmpClient client = SnmpEngine.open(config.snmp())) {
      SnmpReads reads = new SnmpReads(client);
      SnmpTarget target =
          switch (new SnmpTargets(config.snmp(), secrets, credentials).of(resource)) {
            case SnmpTargets.Targets.NotFound(Failure failure, DeviceStatus status) ->
                throw DeviceOptions.failed(endpoint, config, failure, status);
            case SnmpTargets.Targets.Found(var candidates) ->
                switch (reads.first(candidates, SystemGroup.PROBE)) {
                  case SnmpReads.Asked.Silent(Failure failure, DeviceStatus status) ->
                      throw DeviceOptions.failed(endpoint, config, failure, status);
                  case SnmpReads.Asked.Answered(SnmpTarget answered, _) -> answered;
                };
          };
      return new Capture(reads, target, mostValues, this::progress).walk(wanted);
    }
  }

  private long lastLine = System.nanoTime();

  private void progress(String line) {
    long now = System.nanoTime();
    if (now - lastLine > LINE_EVERY_NANOS) {
      lastLine = now;
      context.err().println(line);
    }
  }

  private Oid oid(String text) {
    try {
      Oid oid = Oid.parse(text);
      if (oid.length() >= 2) {
        return oid;
      }
    } catch (IllegalArgumentException e) {
      // told below, as one that is too short
    }
    throw context.usage("--root: '" + text + "' is not an oid such as 1.3.6.1.2.1");
  }

  /** A walk takes its time: who cannot write learns it before. */
  private void checkWritable(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path) || folder == null || !Files.isWritable(folder)) {
      throw new CommandFailure(ExitCode.FAILED, "cannot write " + path);
    }
  }
}
