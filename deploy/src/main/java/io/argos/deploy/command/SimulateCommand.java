package io.argos.deploy.command;

import io.argos.profile.expression.Addresses;
import io.argos.testing.simulator.Behaviour;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.LivingRecording;
import io.argos.testing.simulator.Recording;
import io.argos.testing.simulator.RecordingException;
import io.argos.testing.simulator.RequestLog;
import io.argos.testing.simulator.SimulatedDevice;
import io.argos.testing.simulator.Simulator;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos simulate}. */
@Command(
    name = "simulate",
    description = {
      "Answers v1 and v2c as the devices did of which it is given recordings (.snmprec), until it is stopped.",
      "The community is the name of the file without its ending; public is the first file. Uptime and counters go on from where they were recorded, each counter at its average rate."
    },
    footer = {
      "  argos simulate frob.snmprec",
      "  argos simulate *.snmprec --port 1161        then: snmpwalk -v2c -c frob 127.0.0.1:1161 system",
      "  argos simulate frob.snmprec --drop 0.2 --delay 300ms --too-big 10",
      "  argos simulate frob.snmprec --loop 1.3.6.1.2.1.2.2.1.2 --reboot-every 10m"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final String PUBLIC = "public";

  /** Requests kept for nobody: the least. */
  private static final int LOGGED = 1;

  @Mixin private Context context = new Context();
  @Mixin private SimulatedFaults faults = new SimulatedFaults();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
  private List<Path> files = List.of();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "UDP port; 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port = 1161;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(names = "--frozen", description = "Uptime and counters stay as they were recorded.")
  private boolean frozen;

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw context.usage("--port: '" + port + "' is not between 0 and 65535");
    }
    List<Behaviour> behaviours = faults.behaviours(context);
    CountDownLatch stopped = new CountDownLatch(1);
    try (Simulator simulator = start(behaviours)) {
      Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "simulate-shutdown"));
      simulator.devices().forEach(this::tell);
      context.out().flush();
      stopped.await();
    }
    return ExitCode.OK.code();
  }

  private void tell(SimulatedDevice device) {
    InetSocketAddress address = device.address();
    context
        .out()
        .println(
            "%s on %s:%d, community %s"
                .formatted(
                    device.name(),
                    host(address),
                    address.getPort(),
                    String.join(" or ", device.spec().communities().stream().sorted().toList())));
  }

  /** As it stands in an endpoint. */
  private static String host(InetSocketAddress address) {
    String host = Addresses.text(address.getAddress().getAddress());
    return host.contains(":") ? '[' + host + ']' : host;
  }

  private Simulator start(List<Behaviour> behaviours) {
    Map<String, Recording> recordings = recordings();
    InetSocketAddress where = where();
    List<DeviceSpec> devices = new ArrayList<>();
    recordings.forEach((name, recording) -> {
      DeviceSpec device =
          frozen
              ? DeviceSpec.of(name, recording)
              : DeviceSpec.of(name, new LivingRecording(recording))
                  .uptime(LivingRecording.uptime(recording));
      devices.add(
          (devices.isEmpty() ? device.communities(communities(name)) : device.communities(name))
              .address(where)
              .with(behaviours.toArray(Behaviour[]::new)));
    });
    try {
      return Simulator.builder().requestLog(RequestLog.inMemory(LOGGED)).addAll(devices).start();
    } catch (UncheckedIOException e) {
      throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private static String[] communities(String name) {
    return name.equals(PUBLIC) ? new String[] {PUBLIC} : new String[] {name, PUBLIC};
  }

  private Map<String, Recording> recordings() {
    Map<String, Recording> recordings = new LinkedHashMap<>();
    for (Path file : files) {
      Path found = ProfileLintCommand.found(context, file);
      String name = String.valueOf(found.getFileName()).replaceFirst("\\.snmprec$", "");
      try {
        Recording recording = Recording.read(found);
        if (recording.size() == 0) {
          throw new CommandFailure(ExitCode.FAILED, file + ": there is nothing in this recording");
        }
        if (recordings.put(name, recording) != null) {
          throw context.usage("two files are named '" + name + "', which is their community");
        }
      } catch (RecordingException e) {
        throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
      }
    }
    return recordings;
  }

  private InetSocketAddress where() {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw context.usage("--host: '" + host + "' is not an address of this machine");
    }
  }
}
