package io.argos.deploy.command;

import io.argos.config.ArgosConfig;
import io.argos.profile.ConfiguredProfiles;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.format.Profile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos poll}. */
@Command(
    name = "poll",
    description = {
      "Enriches and polls one device once, with nothing running, and prints what it said.",
      "Waits as long as snmp.timeout and snmp.retries allow. Exit code 5 when nothing answers, 1 when the device refuses."
    },
    footer = {
      "  argos poll 192.0.2.1 --secret campus",
      "  argos poll 192.0.2.1 --community -                  asks for the community",
      "  argos poll [2001:db8::1]:1161 -v 1 --community - < community",
      "  argos poll core-1 --user ops --auth-password - --priv-password - -o json",
      "  argos poll 192.0.2.1 --community - --set snmp.timeout=5s --profile fallback"
    })
final class PollCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();
  @Mixin private DeviceOptions device = new DeviceOptions();

  @Parameters(
      paramLabel = "ENDPOINT",
      description =
          "Host or address with an optional port: core-1, 192.0.2.1:1161, [2001:db8::1]:161.")
  private String endpoint = "";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile to read it by. Default: the one that fits best.")
  private Optional<String> profile = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ArgosConfig config = context.config();
    return new DevicePoll(context, output, device).run(config, profiles(config), endpoint);
  }

  private ProfileCatalog profiles(ArgosConfig config) {
    ProfileCatalog all = ConfiguredProfiles.load(config.profiles());
    if (profile.isEmpty()) {
      return all;
    }
    return all.only(profile.get())
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.NOT_FOUND,
                "there is no profile '%s'; there are %s"
                    .formatted(
                        profile.get(),
                        all.profiles().stream()
                            .filter(one -> !one.isAbstract())
                            .map(Profile::name)
                            .sorted()
                            .collect(Collectors.joining(", ")))));
  }
}
