package io.argos.deploy.command;

import io.argos.config.ArgosConfig;
import io.argos.deploy.profile.DraftCheck;
import io.argos.deploy.profile.WalkDraft;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.proof.RecordedDevice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code argos profile new}. */
@Command(
    name = "new",
    description =
        "Prints a first draft of a profile for a device: it extends what is known of its tables, guesses who made it and which model it is, outlines the tables that nobody reads and lists by size what is left.",
    footer = {
      "  argos device capture 192.0.2.1 --community - -o frob.snmprec",
      "  argos profile new --from-walk frob.snmprec > frob.yaml",
      "  argos profile new --from-walk frob.snmprec --name frob-9000"
    })
final class ProfileNewCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Option(
      names = "--from-walk",
      paramLabel = "FILE",
      required = true,
      description = "Recording (.snmprec) of the device.")
  private Path file = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the profile. Default: that of the file.")
  private Optional<String> name = Optional.empty();

  @Override
  public Integer call() {
    ArgosConfig config = context.config();
    Path found = ProfileLintCommand.found(context, file);
    RecordedDevice device;
    try {
      device = RecordedDevice.read(found);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
    if (device.oids().isEmpty()) {
      throw new CommandFailure(ExitCode.FAILED, file + ": there is nothing in this recording");
    }
    ProfileCatalog profiles = DraftCheck.beside(config.profiles());
    String source = String.valueOf(found.getFileName());
    String own =
        ProfileCommand.free(context, profiles, name.orElseGet(() -> WalkDraft.nameOf(source)));
    String draft = new WalkDraft(profiles, device).text(own, source);
    DraftCheck.lint(config.profiles(), own, draft);
    context.out().print(draft);
    return ExitCode.OK.code();
  }
}
