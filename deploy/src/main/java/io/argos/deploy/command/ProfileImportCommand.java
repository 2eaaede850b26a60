package io.argos.deploy.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.argos.deploy.profile.DraftCheck;
import io.argos.deploy.profile.ExporterImport;
import io.argos.deploy.profile.WalkDraft;
import io.argos.profile.ConfiguredProfiles;
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

/** {@code argos profile import}. */
@Command(
    name = "import",
    description = "Makes a profile of what another tool reads devices by.",
    subcommands = {ProfileImportCommand.SnmpExporter.class},
    footer = {
      "  argos profile import snmp-exporter snmp.yml --module if_mib > if-mib-exporter.yaml"
    })
final class ProfileImportCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }

  @Command(
      name = "snmp-exporter",
      description = {
        "Prints a module of a generated snmp.yml as a profile, and tells what could not be carried over.",
        "Metrics and labels keep their names. Exit code 1 when something was left behind; the profile is printed all the same."
      },
      footer = {"  argos profile import snmp-exporter snmp.yml --module if_mib > exporter.yaml"})
  static final class SnmpExporter implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(paramLabel = "FILE", description = "A generated snmp.yml.")
    private Path file = Path.of("");

    @Option(
        names = "--module",
        paramLabel = "NAME",
        description = "The module. Default: the only one.")
    private Optional<String> module = Optional.empty();

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "Name of the profile. Default: that of the module.")
    private Optional<String> name = Optional.empty();

    @Override
    public Integer call() throws IOException {
      JsonNode modules = modules();
      List<String> names = new ArrayList<>();
      modules
          .properties()
          .forEach(entry -> {
            if (entry.getValue().path("metrics").isArray()) {
              names.add(entry.getKey());
            }
          });
      if (names.isEmpty()) {
        throw new CommandFailure(
            ExitCode.FAILED, file + ": there is no module with metrics in this file");
      }
      if (module.isEmpty() && names.size() > 1) {
        throw context.usage("say --module: there are " + String.join(", ", names));
      }
      String wanted = module.orElse(names.getFirst());
      if (!names.contains(wanted)) {
        throw new CommandFailure(
            ExitCode.NOT_FOUND,
            "there is no module '%s'; there are %s".formatted(wanted, String.join(", ", names)));
      }
      var folders = context.config().profiles();
      String own =
          ProfileCommand.free(
              context,
              ConfiguredProfiles.load(folders),
              name.orElseGet(() -> WalkDraft.nameOf(wanted)));
      ExporterImport.Imported imported = new ExporterImport(wanted, modules.path(wanted)).as(own);
      DraftCheck.lint(folders, own, imported.text());
      context.out().print(imported.text());
      imported.left().forEach(one -> context.err().println("not carried over: " + one));
      return (imported.left().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
    }

    /** Since snmp_exporter 0.23 modules stand under a key of their own. */
    private JsonNode modules() throws IOException {
      Path found = ProfileLintCommand.found(context, file);
      try {
        JsonNode tree = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(found));
        return tree.has("modules") ? tree.path("modules") : tree;
      } catch (JsonProcessingException e) {
        throw new CommandFailure(ExitCode.FAILED, file + ": " + e.getOriginalMessage(), e);
      }
    }
  }
}
