package io.argos.config;

import io.argos.config.Shape.FreeShape;
import io.argos.config.Shape.Key;
import io.argos.config.Shape.Kind;
import io.argos.config.Shape.ListShape;
import io.argos.config.Shape.MapShape;
import io.argos.config.Shape.PlaceSlot;
import io.argos.config.Shape.RecordShape;
import io.argos.config.Shape.ScalarShape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds a tree to records. An empty answer means that a problem was noted.
 *
 * <p>Reflection is used here and in {@link Shape} alone, at start-up: the components of a record
 * are the keys, so a key cannot exist without its type, its description and its default, and a new
 * one needs no further code. The alternative, a hand-written reader for each record, repeats every
 * key four times (type, reader, default file, reference page).
 */
final class Binder {
  private final RecordShape root;
  private final Problems problems;
  private final Origins.Builder origins;
  private final Path fileFolder;
  private final Path workingFolder;
  private final Rules rules;

  Binder(
      RecordShape root,
      Problems problems,
      Origins.Builder origins,
      Path fileFolder,
      Path workingFolder) {
    this.root = root;
    this.problems = problems;
    this.origins = origins;
    this.fileFolder = fileFolder;
    this.workingFolder = workingFolder;
    this.rules = new Rules(problems, origins);
  }

  Optional<Object> bind(Tree.Mapping tree) {
    return bindRecord(root, tree, "");
  }

  private Optional<Object> bindRecord(RecordShape shape, Tree tree, String path) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      return wrong(tree, path, "expected a mapping of keys, not " + tree.describe());
    }
    origins.place(path, mapping.origin());
    unknownKeys(shape, mapping, path);
    var arguments = new ArrayList<@Nullable Object>();
    boolean complete = true;
    for (var slot : shape.slots()) {
      var value =
          switch (slot) {
            case PlaceSlot(boolean ofKeys) ->
                Optional.<Object>of(ofKeys ? mapping.places() : mapping.origin().describe());
            case Key key -> bindKey(key, mapping, path);
          };
      complete &= value.isPresent();
      arguments.add(value.orElse(null));
    }
    if (!complete) {
      return Optional.empty();
    }
    var made = construct(shape, arguments.toArray(), mapping, path);
    made.ifPresent(record -> rules.check(path, record));
    return made;
  }

  private void unknownKeys(RecordShape shape, Tree.Mapping mapping, String path) {
    mapping
        .entries()
        .forEach((name, entry) -> {
          if (shape.key(name).isEmpty()) {
            problems.add(entry.keyOrigin(), join(path, name), shape.unknownKey(name, root));
          }
        });
  }

  private Optional<Object> bindKey(Key key, Tree.Mapping mapping, String path) {
    var full = join(path, key.name());
    var entry = mapping.entries().get(key.name());
    if (entry == null || Tree.isAbsent(entry.value())) {
      return absent(key, full, mapping.origin());
    }
    origins.place(full, entry.keyOrigin());
    var value = bindValue(key, entry.value(), full);
    if (value.isEmpty() || problems.failed(full)) {
      // The default stands in, so that the rules can look at the rest of the record.
      return value.isPresent() && !key.optional() ? value : standIn(key, full);
    }
    return key.optional() ? Optional.of(value) : value;
  }

  private Optional<Object> absent(Key key, String full, Origin parent) {
    var shipped = new Origin.Shipped();
    if (key.optional()) {
      return Optional.of(Optional.empty());
    }
    if (key.fallback().isPresent()) {
      var tree = YamlFile.value(key.fallback().get(), shipped, full, problems).orElseThrow();
      return bindValue(key, tree, full);
    }
    if (key.shape() instanceof RecordShape section) {
      return bindRecord(section, Tree.Mapping.empty(shipped), full);
    }
    problems.add(parent, full, "is required: " + key.doc());
    return Optional.empty();
  }

  private Optional<Object> standIn(Key key, String full) {
    if (key.optional()) {
      return Optional.of(Optional.empty());
    }
    if (key.fallback().isPresent() && !(key.shape() instanceof ListShape list && list.named())) {
      var quiet =
          new Binder(root, new Problems(), new Origins.Builder(), fileFolder, workingFolder);
      return quiet.absent(key, full, new Origin.Shipped());
    }
    return key.shape() instanceof ListShape ? Optional.of(List.of()) : Optional.empty();
  }

  private Optional<Object> bindValue(Key key, Tree tree, String path) {
    var value = bind(key.shape(), tree, path);
    if (value.isEmpty()) {
      return value;
    }
    var broken = Bounds.broken(key, value.get());
    if (broken.isPresent()) {
      return wrong(tree, path, tree.describe() + " " + broken.get());
    }
    if (Listing.listed(key.shape())) {
      origins.value(path, Listing.of(key, tree, value.get()), tree.origin());
    }
    return value;
  }

  private Optional<Object> bind(Shape shape, Tree tree, String path) {
    if (tree instanceof Tree.Broken) {
      return Optional.empty();
    }
    return switch (shape) {
      case RecordShape section -> bindRecord(section, tree, path);
      case ScalarShape(var kind) -> bindScalar(kind, tree, path);
      case ListShape list -> bindList(list, tree, path);
      case MapShape(var value) -> bindMap(value, tree, path);
      case FreeShape _ -> Optional.of(Scalars.free(tree));
    };
  }

  private Optional<Object> bindScalar(Kind kind, Tree tree, String path) {
    if (!(tree instanceof Tree.Scalar scalar)) {
      return wrong(tree, path, "expected " + article(kind.label()) + ", not " + tree.describe());
    }
    try {
      var folder =
          switch (scalar.origin()) {
            case Origin.InFile _, Origin.Shipped _ -> fileFolder;
            case Origin.InEnvironment _, Origin.OnCommandLine _ -> workingFolder;
          };
      return Optional.of(Scalars.read(kind, scalar.text(), folder));
    } catch (Scalars.Unreadable e) {
      return wrong(tree, path, scalar.describe() + " " + e.getMessage());
    }
  }

  private static String article(String noun) {
    return switch (noun) {
      case "text", "true or false" -> noun;
      default -> ("aei".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    };
  }

  private Optional<Object> bindList(ListShape list, Tree tree, String path) {
    if (tree instanceof Tree.Scalar scalar && list.element() instanceof ScalarShape) {
      // A variable or option gives a list as one text: a:9092,b:9092.
      var parts =
          Arrays.stream(scalar.text().split(","))
              .map(String::strip)
              .filter(part -> !part.isEmpty())
              .<Tree>map(part -> new Tree.Scalar(part, false, part, scalar.origin()))
              .toList();
      return bindItems(list, new Tree.Sequence(parts, scalar.origin()), path);
    }
    return tree instanceof Tree.Sequence sequence
        ? bindItems(list, sequence, path)
        : wrong(tree, path, "expected a list, not " + tree.describe());
  }

  private Optional<Object> bindItems(ListShape list, Tree.Sequence sequence, String path) {
    var items = new ArrayList<Object>();
    var places = new LinkedHashMap<String, Origin>();
    boolean complete = true;
    for (int i = 0; i < sequence.items().size(); i++) {
      var item = sequence.items().get(i);
      var label = Tree.label(item, i);
      var full = path + "[" + label + "]";
      if (Tree.isAbsent(item)) {
        wrong(item, full, "is empty");
        complete = false;
        continue;
      }
      if (list.named()) {
        var first = places.putIfAbsent(label, item.origin());
        if (first != null) {
          wrong(
              item,
              full,
              "the name is taken by the entry at "
                  + first.describe()
                  + "; names are unique in "
                  + path);
          continue;
        }
      }
      var value = bind(list.element(), item, full);
      value.ifPresent(items::add);
      // One wrong entry hides no rule about the others; one wrong plain item spoils the list.
      complete &= value.isPresent() || list.named();
    }
    return complete ? Optional.of(List.copyOf(items)) : Optional.empty();
  }

  private Optional<Object> bindMap(Shape shape, Tree tree, String path) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      return wrong(tree, path, "expected a mapping of keys, not " + tree.describe());
    }
    var values = new LinkedHashMap<String, Object>();
    boolean complete = true;
    for (var entry : mapping.entries().entrySet()) {
      var full = join(path, entry.getKey());
      origins.place(full, entry.getValue().keyOrigin());
      var item = entry.getValue().value();
      if (Tree.isAbsent(item)) {
        if (!(shape instanceof FreeShape)) {
          wrong(item, full, "is empty");
          complete = false;
        }
        continue;
      }
      var value = bind(shape, item, full);
      value.ifPresent(present -> values.put(entry.getKey(), present));
      complete &= value.isPresent();
      if (shape instanceof FreeShape && value.isPresent()) {
        origins.value(full, Listing.of(entry.getKey(), entry.getValue()), item.origin());
      }
    }
    return complete ? Optional.of(values) : Optional.empty();
  }

  private Optional<Object> construct(
      RecordShape shape, @Nullable Object[] arguments, Tree.Mapping mapping, String path) {
    var types =
        Arrays.stream(shape.type().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return Optional.of(shape.type().getConstructor(types).newInstance(arguments));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        return wrong(mapping, path, String.valueOf(refused.getMessage()));
      }
      throw new IllegalStateException("cannot make " + shape.type().getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          shape.type().getName() + " is not public, or its constructor is not", e);
    }
  }

  private Optional<Object> wrong(Tree tree, String path, String message) {
    problems.add(tree.origin(), path, message);
    return Optional.empty();
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
