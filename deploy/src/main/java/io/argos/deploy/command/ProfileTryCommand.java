package io.argos.deploy.command;

import io.argos.config.ArgosConfig;
import io.argos.profile.ConfiguredProfiles;
import io.argos.profile.ProfileCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code argos profile try}. */
@Command(
    name = "try",
    description =
        "Enriches and polls a device once by the profile in a file, whatever it matches, and prints the groups. Nothing else sees the file.",
    footer = {
      "  argos profile try 192.0.2.1 frob.yaml --community -",
      "  argos profile try core-1 frob.yaml --secret campus -o json"
    })
final class ProfileTryCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();
  @Mixin private DeviceOptions device = new DeviceOptions();

  @Parameters(
      index = "0",
      paramLabel = "ENDPOINT",
      description = "Host or address with an optional port.")
  private String endpoint = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The profile.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    ArgosConfig config = context.config();
    Path found = ProfileLintCommand.found(context, file);
    ProfileCatalog all = ConfiguredProfiles.withTrial(config.profiles(), found);
    ProfileCatalog only =
        all.only(ProfileLintCommand.profileOf(found))
            .orElseThrow(() ->
                new CommandFailure(
                    ExitCode.FAILED, file + ": an abstract profile is only there to be extended"));
    return new DevicePoll(context, output, device).run(config, only, endpoint);
  }
}
