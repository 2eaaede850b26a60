package io.argos.config;

import io.argos.config.Shape.FreeShape;
import io.argos.config.Shape.Key;
import io.argos.config.Shape.Kind;
import io.argos.config.Shape.ListShape;
import io.argos.config.Shape.MapShape;
import io.argos.config.Shape.RecordShape;
import io.argos.config.Shape.ScalarShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The default file and the reference page, both written from the records themselves. */
public final class ConfigReference {
  private static final int WIDTH = 100;

  private ConfigReference() {}

  /** Every key with its description and default, as a file that loads as it stands. */
  public static String defaultFile() {
    var text = new StringBuilder();
    comment(
        text,
        "",
        "Argos: every key with its default. A file needs only the keys that differ; see"
            + " docs/configuration.md. Keys without a default are commented out.");
    for (var key : Shape.of(ArgosConfig.class).keys()) {
      text.append('\n');
      write(text, key, "");
    }
    return text.toString();
  }

  private static void write(StringBuilder text, Key key, String indent) {
    comment(text, indent, described(key));
    switch (key.shape()) {
      case RecordShape section -> {
        text.append(indent).append(key.name()).append(":\n");
        section.keys().forEach(inner -> write(text, inner, indent + "  "));
      }
      case ListShape list when list.named() && list.element() instanceof RecordShape entry -> {
        text.append(indent).append(key.name()).append(": ").append(fallback(key)).append('\n');
        example(text, entry, indent);
      }
      case ScalarShape _, ListShape _, MapShape _, FreeShape _ ->
          text.append(indent)
              .append(key.optional() ? "# " : "")
              .append(key.name())
              .append(':')
              .append(key.optional() ? "" : " " + fallback(key))
              .append('\n');
    }
  }

  private static void example(StringBuilder text, RecordShape entry, String indent) {
    var lead = "- ";
    for (var key : entry.keys()) {
      var value = key.required() ? "..." : key.optional() ? "" : fallback(key);
      text.append(indent)
          .append("# ")
          .append(lead)
          .append((key.name() + ": " + value).strip())
          .append("  # ")
          .append(described(key))
          .append('\n');
      lead = "  ";
    }
  }

  private static void comment(StringBuilder text, String indent, String words) {
    var line = new StringBuilder(indent).append('#');
    for (var word : words.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent).append('#');
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }

  /** Default as it is written in a file; durations in the short form. */
  private static String fallback(Key key) {
    var written = key.fallback().orElse("");
    if (key.shape() instanceof ScalarShape(var kind)
        && kind == Kind.DURATION
        && !written.isEmpty()) {
      return Durations.format(Duration.parse(written));
    }
    return written.isEmpty() ? "\"\"" : written;
  }

  private static String described(Key key) {
    var text = new StringBuilder(key.doc());
    key.range()
        .map(range -> Bounds.describe(range, type(key.shape()).equals(Kind.DURATION.label())))
        .map(bounds -> " " + Character.toUpperCase(bounds.charAt(0)) + bounds.substring(1) + ".")
        .ifPresent(text::append);
    if (!key.oneOf().isEmpty()) {
      text.append(" One of ").append(String.join(", ", key.oneOf())).append('.');
    }
    return text.toString();
  }

  private static String type(Shape shape) {
    return switch (shape) {
      case RecordShape _ -> "section";
      case ScalarShape(var kind) -> kind.label();
      case ListShape(RecordShape _) -> "list of plugin entries";
      case ListShape(var element) -> "list of " + plural(type(element));
      case MapShape(FreeShape _) -> "mapping, keys of the plugin";
      case MapShape(var value) -> "mapping of name to " + type(value);
      case FreeShape _ -> "anything";
    };
  }

  private static String plural(String type) {
    return type.equals("text") ? "texts" : type + "s";
  }

  /** The reference page, {@code docs/configuration.md}. */
  public static String page() {
    var text = new StringBuilder(INTRODUCTION);
    var top = new ArrayList<Key>();
    var sections = new ArrayList<Key>();
    for (var key : Shape.of(ArgosConfig.class).keys()) {
      (key.shape() instanceof RecordShape ? sections : top).add(key);
    }
    text.append("\n## Top-level keys\n\n");
    table(text, "", top);
    for (var section : sections) {
      text.append("\n## `").append(section.name()).append("`\n\n").append(section.doc());
      text.append("\n\n");
      table(text, section.name(), ((RecordShape) section.shape()).keys());
    }
    text.append("\n## Plugin entries\n\n").append(ENTRIES);
    table(text, "polling.NAME", Shape.of(PluginEntry.class).keys());
    return text.toString();
  }

  private static void table(StringBuilder text, String path, List<Key> keys) {
    text.append("| key | type | default | what it is |\n|---|---|---|---|\n");
    rows(text, path, keys);
  }

  private static void rows(StringBuilder text, String path, List<Key> keys) {
    for (var key : keys) {
      var full = path.isEmpty() ? key.name() : path + "." + key.name();
      if (key.shape() instanceof RecordShape inner) {
        rows(text, full, inner.keys());
        continue;
      }
      var fallback =
          key.required()
              ? "required"
              : Optional.of(fallback(key))
                  .filter(_ -> !key.optional())
                  .map(v -> "`" + v + "`")
                  .orElse("");
      text.append("| `").append(full).append("` | ");
      text.append(type(key.shape())).append(" | ").append(fallback).append(" | ");
      text.append(described(key).replace("|", "\\|")).append(" |\n");
    }
  }

  private static final String INTRODUCTION =
      """
      # Configuration

      *Written from the source; after a change of a configuration record run*
      `mvn -pl config test -Dtest=ConfigReferenceTest -Dargos.regenerate=true`.

      Argos reads one YAML file: that of `--config`, otherwise of `ARGOS_CONFIG`, otherwise `./argos.yaml`,
      otherwise `/etc/argos/argos.yaml`. Without any of them the defaults below are in force. A value is
      taken from the last of these that gives it:

      1. the defaults below;
      2. the main file;
      3. `conf.d/*.yaml` beside the main file, in the order of their names: sections are merged key by key, lists of
         plugin entries are appended (two entries of one name are a problem), of anything else the later wins;
      4. the environment: `ARGOS__SECTION__KEY`, so `ARGOS__KAFKA__BOOTSTRAP_SERVERS` for `kafka.bootstrap-servers`;
      5. `--set key=value` on the command line, such as `--set http.port=9000` or
         `--set polling.interfaces.interval=10s` for the entry of that name.

      In a file a value may refer to others: `${NAME}` and `${NAME:-default}` to the environment, `${file:/run/secrets/redis}`
      to the content of a file less its last line end, `${config:folder}` to the folder of the main file; `$${` is a literal `${`.
      What `${file:...}` gave is never printed, and neither is a key of type *secret*. In 4 nothing is expanded.

      - A **duration** is written `30s`, `5m`, `1h30m`, `250ms` or in ISO-8601, `PT30S`.
      - A relative **path** starts at the folder of the main file (from 4 and 5: at the working directory).
      - A **list** of plain values may also be one text with commas: `a:9092,b:9092`.
      - A key with an empty value counts as not given.

      Before anything is opened the whole is checked: unknown keys, types, bounds, and rules between keys. All
      problems are printed at once with file and line, and the exit code is 4. `argos config check` does just that,
      `argos config show --effective --origin` prints each value with the place that gave it, and `argos config default`
      prints [a file with every key](../config/argos.yaml).
      """;

  private static final String ENTRIES =
      """
      The lists `discovery`, `enrichment` and `polling` hold one entry for each instance of a plugin:

      ```yaml
      polling:
      - name: interfaces
        kind: snmp
        interval: 60s
      ```

      """;
}
