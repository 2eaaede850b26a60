package io.argos.deploy.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.argos.deploy.profile.DraftCheck;
import io.argos.deploy.profile.ExporterImport;
import io.argos.deploy.profile.WalkDraft;
import io.argos.deploy.profile.panoptes.PanoptesImport;
import java.io.IOException;
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
    subcommands = {ProfileImportCommand.Panoptes.class, ProfileImportCommand.SnmpExporter.class},
    footer = {
      "  argos profile import panoptes core-switch.json > core-switch.yaml",
      "  argos profile import snmp-exporter snmp.yml --module if_mib > if-mib-exporter.yaml"
    })
final class ProfileImportCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    return context.missingCommand();
  }

  @Command(
      name = "panoptes",
      description = {
        "Prints a document of Panoptes' generic SNMP polling as a profile, and tells what could not be carried over, each with its place in the document.",
        "The document is the JSON of the plugin's file, of the enrichment in Redis, or of what the enrichment plugin emits. Groups, metrics and dimensions keep their names.",
        "Exit code 1 when something was left behind; the profile is printed all the same. Exit code 4 when the file is no such document."
      },
      footer = {
        "  argos profile import panoptes core-switch.json > core-switch.yaml",
        "  redis-cli GET 'panoptes:plugins_kv:enrichment:ID:metrics' > metrics.json",
        "  argos profile import panoptes metrics.json --name core-switch > core-switch.yaml"
      })
  static final class Panoptes implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(paramLabel = "FILE", description = "The document, JSON.")
    private Path file = Path.of("");

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "Name of the profile. Default: that of the file.")
    private Optional<String> name = Optional.empty();

    @Override
    public Integer call() throws IOException {
      Path found = ProfileLintCommand.found(context, file);
      PanoptesImport document =
          PanoptesImport.read(file.toString(), ProfileLintCommand.text(found));
      var folders = context.config().profiles();
      String own =
          ProfileCommand.free(
              context,
              DraftCheck.beside(folders),
              name.orElseGet(() -> WalkDraft.nameOf(String.valueOf(found.getFileName()))));
      PanoptesImport.Imported imported = document.as(own);
      if (!imported.left().isEmpty() && imported.isEmpty()) {
        imported.left().forEach(one -> context.err().println("not carried over: " + one));
        throw new CommandFailure(ExitCode.FAILED, file + ": nothing of it can be carried over");
      }
      DraftCheck.lint(folders, own, imported.text());
      context.out().print(imported.text());
      imported.left().forEach(one -> context.err().println("not carried over: " + one));
      return (imported.left().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
    }
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
              context, DraftCheck.beside(folders), name.orElseGet(() -> WalkDraft.nameOf(wanted)));
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
        JsonNode tree =
            new ObjectMapper(new YAMLFactory()).readTree(ProfileLintCommand.text(found));
        return tree.has("modules") ? tree.path("modules") : tree;
      } catch (JsonProcessingException e) {
        throw new CommandFailure(ExitCode.FAILED, file + ": " + e.getOriginalMessage(), e);
      }
    }
  }
}
