package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.PanoptesDocument.Device;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Group;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document of Panoptes' generic SNMP polling as a profile. Groups, metrics and dimensions keep
 * their names, and the expressions are said in the language of profiles.
 */
public final class PanoptesImport {
  private final PanoptesDocument document;
  private final Set<String> left;

  private PanoptesImport(PanoptesDocument document, List<String> left) {
    this.document = document;
    this.left = new LinkedHashSet<>(left);
  }

  /**
   * What came of it.
   *
   * @param text the profile
   * @param left what could not be carried over, each with its place in the document
   */
  public record Imported(String text, List<String> left) {
    public Imported {
      left = List.copyOf(left);
    }

    /** True when no metric was carried over. */
    public boolean isEmpty() {
      return !text.contains("\ngroups:\n");
    }
  }

  /**
   * Reads a document.
   *
   * @param file its name, for messages
   * @throws io.argos.config.ConfigException with every place where it is none
   */
  public static PanoptesImport read(String file, String text) {
    List<String> left = new ArrayList<>();
    PanoptesDocument document = new DocumentReader(file, left).read(text);
    return new PanoptesImport(document, left);
  }

  /** The profile, under a name. */
  public Imported as(String name) {
    Map<String, String> scalars = new LinkedHashMap<>();
    List<GroupImport> groups = new ArrayList<>();
    Set<String> taken = new LinkedHashSet<>(Set.of("device"));
    for (Group group : document.groups()) {
      if (group.name().equals("status")) {
        left.add(group.path() + ": the group 'status' is made by Argos itself");
        continue;
      }
      String base = Yaml.name(group.name());
      String own = base;
      int number = 2;
      while (!taken.add(own)) {
        own = base + "_" + number++;
      }
      GroupImport one = new GroupImport(document.sources(), group, own, scalars, left);
      one.run();
      one.tellDelayed();
      groups.add(one);
    }
    StringBuilder out = new StringBuilder();
    head(name, out);
    if (!scalars.isEmpty()) {
      out.append("scalars:\n");
      scalars.forEach((scalar, spec) -> out.append("  " + scalar + ": " + spec + "\n"));
    }
    List<TableDraft> tables = groups.stream().flatMap(one -> one.tables().stream()).toList();
    if (!tables.isEmpty()) {
      out.append("tables:\n");
      tables.forEach(table -> out.append(table.text()));
    }
    List<SectionDraft> sections = groups.stream().flatMap(one -> one.sections().stream()).toList();
    if (!sections.isEmpty()) {
      out.append("groups:\n");
      sections.forEach(section -> out.append(section.text()));
    }
    return new Imported(out.toString(), List.copyOf(left));
  }

  private void head(String name, StringBuilder out) {
    out.append("# A document of Panoptes' generic SNMP polling.\n");
    boolean isOfOneDevice =
        document.sources().values().stream().anyMatch(Source.Static.class::isInstance);
    if (isOfOneDevice) {
      out.append("# What hangs on an index was found on one device: where the device tells it,\n");
      out.append("# read it as a column, and the profile fits others of its kind.\n");
    }
    out.append("profile: ").append(name).append("\nformat: 1\n");
    Device device = document.device();
    if (device.model().isEmpty()) {
      out.append("# Say which devices it fits; until then it is those with a label.\n");
      out.append("match:\n  - labels: { profile: '^").append(name).append("$' }\n");
    } else {
      out.append("# What Panoptes knew of the device.\nmatch:\n  - ");
      word("class", device.resourceClass(), out);
      word("subclass", device.subclass(), out);
      word("type", device.type(), out);
      out.append("labels: { model: ")
          .append(Yaml.quoted("^" + escaped(device.model()) + "$"))
          .append(" }\n");
    }
    if (document.maxRepetitions() > 0) {
      out.append("snmp: { max-repetitions: ").append(document.maxRepetitions()).append(" }\n");
    }
  }

  private static void word(String key, String value, StringBuilder out) {
    if (!value.isEmpty()) {
      out.append(key).append(": ").append(Yaml.quoted(value)).append("\n    ");
    }
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\.\\[\\]{}()*+?^$|]", "\\\\$0");
  }
}
