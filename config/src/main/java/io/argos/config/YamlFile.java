package io.argos.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads YAML text into a {@link Tree} with the place of every value. */
final class YamlFile {
  /** Aliases multiply what they name; a configuration above this is a mistake or an attack. */
  private static final int MOST_NODES = 200_000;

  private final Problems problems;
  private final String name;
  private final Optional<Origin> origin;
  private int nodes;

  private YamlFile(Problems problems, String name, Optional<Origin> origin) {
    this.problems = problems;
    this.name = name;
    this.origin = origin;
  }

  /** The top mapping of a file; an empty one when the file is empty or cannot be read. */
  static Tree.Mapping read(Path file, Problems problems) {
    var nothing = Tree.Mapping.empty(new Origin.InFile(file.toString(), 1, 1));
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      problems.add(new Origin.InFile(file.toString(), 0, 0), "", "there is no such file");
      return nothing;
    } catch (CharacterCodingException e) {
      problems.add(new Origin.InFile(file.toString(), 0, 0), "", "is not UTF-8 text");
      return nothing;
    } catch (IOException e) {
      problems.add(
          new Origin.InFile(file.toString(), 0, 0),
          "",
          Files.isDirectory(file) ? "is a folder, not a file" : "cannot be read: " + reason(e));
      return nothing;
    }
    var tree = new YamlFile(problems, file.toString(), Optional.empty()).parse(text, "");
    return switch (tree.orElse(nothing)) {
      case Tree.Mapping mapping -> mapping;
      case Tree.Scalar scalar when scalar.absent() -> nothing;
      case Tree.Scalar other -> refuse(problems, other, nothing);
      case Tree.Sequence other -> refuse(problems, other, nothing);
      case Tree.Broken _ -> nothing;
    };
  }

  private static Tree.Mapping refuse(Problems problems, Tree found, Tree.Mapping nothing) {
    problems.add(
        found.origin(), "", "expected keys and values at the top, not " + found.describe());
    return nothing;
  }

  /**
   * A value of the command line, the environment or a default. Only one that opens with a bracket
   * is YAML, so that a password may hold any character.
   */
  static Optional<Tree> value(String text, Origin origin, String key, Problems problems) {
    if (text.startsWith("[") || text.startsWith("{")) {
      return new YamlFile(problems, "", Optional.of(origin)).parse(text, key);
    }
    return Optional.of(Tree.Scalar.of(text, origin));
  }

  static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }

  private Optional<Tree> parse(String text, String key) {
    var settings =
        LoadSettings.builder()
            .setLabel(name)
            // Types are those of the keys: a scalar is text until it is bound.
            .setSchema(new FailsafeSchema())
            .setAllowDuplicateKeys(true)
            .build();
    try {
      var documents = new Compose(settings).composeAllFromReader(new StringReader(text)).iterator();
      if (!documents.hasNext()) {
        return Optional.empty();
      }
      var first = convert(documents.next(), key);
      if (documents.hasNext()) {
        problems.add(place(documents.next()), key, "a second document; expected one");
      }
      return Optional.of(first);
    } catch (MarkedYamlEngineException e) {
      var place =
          origin.orElseGet(() ->
              e.getProblemMark().<Origin>map(this::place).orElse(new Origin.InFile(name, 0, 0)));
      problems.add(place, key, "not valid YAML: " + oneLine(e.getProblem(), e.getContext()));
    } catch (YamlEngineException e) {
      problems.add(
          origin.orElse(new Origin.InFile(name, 0, 0)),
          key,
          "not valid YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return Optional.empty();
  }

  private static String oneLine(@Nullable String problem, @Nullable String context) {
    String what = problem == null ? "" : problem.strip();
    return context == null || context.isBlank() ? what : context.strip() + ", " + what;
  }

  private Tree convert(Node node, String key) {
    if (++nodes > MOST_NODES) {
      throw new YamlEngineException("more than " + MOST_NODES + " values");
    }
    if (node.isRecursive()) {
      problems.add(place(node), key, "refers to itself");
      return new Tree.Broken(place(node));
    }
    var tag = node.getTag().getValue();
    if (!tag.startsWith("tag:yaml.org,2002:")) {
      problems.add(place(node), key, "the tag '" + tag + "' has no meaning here");
    }
    return switch (node) {
      case ScalarNode scalar ->
          new Tree.Scalar(
              scalar.getValue(),
              scalar.getScalarStyle() == ScalarStyle.PLAIN,
              scalar.getValue(),
              place(node));
      case SequenceNode sequence -> {
        var items = new ArrayList<Tree>();
        for (var item : sequence.getValue()) {
          items.add(convert(item, key + "[" + label(item, items.size()) + "]"));
        }
        yield new Tree.Sequence(items, place(node));
      }
      case MappingNode mapping -> convertMapping(mapping, key);
      default -> throw new YamlEngineException("unexpected " + node.getNodeType());
    };
  }

  private static String label(Node item, int index) {
    if (item instanceof MappingNode mapping) {
      for (var pair : mapping.getValue()) {
        if (pair.getKeyNode() instanceof ScalarNode key
            && key.getValue().equals("name")
            && pair.getValueNode() instanceof ScalarNode name) {
          return name.getValue();
        }
      }
    }
    return String.valueOf(index);
  }

  private Tree convertMapping(MappingNode mapping, String key) {
    var entries = new LinkedHashMap<String, Tree.Entry>();
    for (var pair : mapping.getValue()) {
      var place = place(pair.getKeyNode());
      if (!(pair.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.add(place, key, "a key must be text");
        continue;
      }
      var name = keyNode.getValue();
      var path = key.isEmpty() ? name : key + "." + name;
      var entry = new Tree.Entry(place, convert(pair.getValueNode(), path));
      var earlier = entries.putIfAbsent(name, entry);
      if (earlier != null) {
        problems.add(place, path, "given twice; first at " + earlier.keyOrigin().describe());
      }
    }
    return new Tree.Mapping(entries, place(mapping));
  }

  private Origin place(Node node) {
    return origin.orElseGet(
        () -> node.getStartMark().<Origin>map(this::place).orElse(new Origin.InFile(name, 0, 0)));
  }

  private Origin place(Mark mark) {
    return new Origin.InFile(name, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
