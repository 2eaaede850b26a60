package io.argos.profile.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML into trees. Anchors are refused, so a tree is never larger than its file. */
final class YamlTree {
  private static final int MAX_CHARACTERS = 1_000_000;

  private final String file;
  private final List<Problem> problems;

  private YamlTree(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The document, or empty when there is none; problems are added to the list. */
  static Optional<Tree> read(String file, String text, List<Problem> problems) {
    if (text.length() > MAX_CHARACTERS) {
      problems.add(
          new Problem(
              new Place(file, 1, 1), "a profile has at most " + MAX_CHARACTERS + " characters"));
      return Optional.empty();
    }
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setLabel(file).setAllowDuplicateKeys(true).build();
    YamlTree reader = new YamlTree(file, problems);
    try {
      return new Compose(settings).composeString(text).map(reader::tree);
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(reader::place).orElse(new Place(file, 1, 1));
      problems.add(new Problem(place, "not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new Problem(new Place(file, 1, 1), "not YAML: " + e.getMessage()));
    } catch (StackOverflowError e) {
      // The parser recurses, and has no bound of its own.
      problems.add(new Problem(new Place(file, 1, 1), "nested too deep"));
    }
    return Optional.empty();
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Place place(Node node) {
    return node.getStartMark().map(this::place).orElse(new Place(file, 1, 1));
  }

  private Tree tree(Node node) {
    Place place = place(node);
    if (node.getAnchor().isPresent()) {
      problems.add(new Problem(place, "anchors and aliases are not part of the format"));
      return new Tree.Text(place, "", true);
    }
    return switch (node) {
      case ScalarNode scalar -> {
        boolean quoted =
            scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
                || scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
        yield new Tree.Text(quoted ? place.further(1) : place, scalar.getValue(), scalar.isPlain());
      }
      case SequenceNode sequence -> {
        List<Tree> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(tree(item)));
        yield new Tree.Items(place, items);
      }
      case MappingNode mapping -> mapping(mapping, place);
      default -> new Tree.Text(place, "", true);
    };
  }

  private Tree mapping(MappingNode mapping, Place place) {
    Map<String, Tree.Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place keyPlace = place(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(new Problem(keyPlace, "a key is a word"));
        continue;
      }
      Tree.Field earlier =
          fields.put(key.getValue(), new Tree.Field(keyPlace, tree(tuple.getValueNode())));
      if (earlier != null) {
        problems.add(
            new Problem(
                keyPlace,
                "key '" + key.getValue() + "' stands here again; first at " + earlier.key()));
      }
    }
    return new Tree.Mapping(place, fields);
  }
}
