package io.argos.deploy.command;

import io.argos.profile.ConfiguredProfiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code argos profile lint}. */
@Command(
    name = "lint",
    description =
        "Checks profiles as they would be read beside those in force, and prints every problem with file, line and column; exit code 4 if there is any.",
    footer = {"  argos profile lint frob.yaml", "  argos profile lint /etc/argos/profiles/*.yaml"})
final class ProfileLintCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "YAML files.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    List<Path> found = files.stream().map(file -> found(context, file)).toList();
    ConfiguredProfiles.load(context.config().profiles(), found);
    files.forEach(file -> context.out().println(file + ": ok"));
    return ExitCode.OK.code();
  }

  /** A file that a person named, or the end of the command. */
  static Path found(Context context, Path file) {
    Path there = context.path(file);
    if (Files.isDirectory(there)) {
      throw new CommandFailure(ExitCode.NOT_FOUND, file + " is a folder, not a file");
    }
    if (!Files.isRegularFile(there)) {
      throw new CommandFailure(ExitCode.NOT_FOUND, "there is no file " + file);
    }
    return there;
  }

  /** Text of a file, or the end of the command. */
  static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new CommandFailure(ExitCode.BAD_CONFIGURATION, file + ": is not UTF-8", e);
    }
  }

  /** Name of the profile that a file holds. */
  static String profileOf(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
  }
}
