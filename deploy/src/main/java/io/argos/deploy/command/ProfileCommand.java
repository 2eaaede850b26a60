package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.deploy.profile.ProfileDocument;
import io.argos.profile.ConfiguredProfiles;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.format.Profile;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos profile}. */
@Command(
    name = "profile",
    description = "Shows, checks, proves and drafts the profiles by which devices are read.",
    subcommands = {
      ProfileCommand.ListAll.class,
      ProfileCommand.Show.class,
      ProfileLintCommand.class,
      ProfileTestCommand.class,
      ProfileMatchCommand.class,
      ProfileTryCommand.class,
      ProfileNewCommand.class,
      ProfileImportCommand.class,
    },
    footer = {
      "  argos profile list",
      "  argos profile lint profiles/frob.yaml",
      "  argos profile test",
      "  argos profile match 192.0.2.1 --community -     why this profile?"
    })
final class ProfileCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }

  /** A profile by name, or the end of the command. */
  static Profile find(ProfileCatalog profiles, String name) {
    return profiles
        .find(name)
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.NOT_FOUND,
                "there is no profile '%s'; there are %s"
                    .formatted(
                        name,
                        profiles.profiles().stream()
                            .map(Profile::name)
                            .sorted()
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * The name of a draft, which must not take the place of a profile in force.
   *
   * @throws picocli.CommandLine.ParameterException when it would
   */
  static String free(Context context, ProfileCatalog profiles, String name) {
    if (profiles.find(name).isPresent()) {
      throw context.usage("there is a profile '" + name + "' already: say --name");
    }
    return name;
  }

  @Command(
      name = "list",
      description = "Lists the profiles in force: those that ship and those of your folders.",
      footer = {"  argos profile list", "  argos profile list --all -o json"})
  static final class ListAll implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Option(names = "--all", description = "Also those that are only there to be extended.")
    private boolean all;

    @Override
    public Integer call() {
      output.rows(
          context.out(),
          ConfiguredProfiles.load(context.config().profiles()).profiles().stream()
              .filter(profile -> all || !profile.isAbstract())
              .sorted(Comparator.comparing(Profile::name))
              .map(this::row)
              .toList());
      return ExitCode.OK.code();
    }

    private ObjectNode row(Profile profile) {
      var row = JsonNodeFactory.instance.objectNode().put("profile", profile.name());
      if (all) {
        row.put("abstract", profile.isAbstract());
      }
      return row.put("rules", profile.match().size())
          .put("tables", profile.tables().size())
          .put("sections", profile.groups().size())
          .put("checks", profile.checks().size())
          .put("file", fileOf(profile))
          .put("description", profile.description());
    }

    /** Where its rules stand, which are never inherited. */
    private static String fileOf(Profile profile) {
      return profile.match().isEmpty() ? "" : profile.match().getFirst().place().file();
    }
  }

  @Command(
      name = "show",
      description = "Shows what a profile reads and makes of it, with all that it extends.",
      footer = {"  argos profile show juniper", "  argos profile show juniper -o yaml"})
  static final class Show implements Callable<Integer> {
    @Mixin private Context context = new Context();
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Override
    public Integer call() {
      var profiles = ConfiguredProfiles.load(context.config().profiles());
      output.document(context.out(), ProfileDocument.of(find(profiles, name)));
      return ExitCode.OK.code();
    }
  }
}
