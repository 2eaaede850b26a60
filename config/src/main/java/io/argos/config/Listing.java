package io.argos.config;

import io.argos.config.Shape.FreeShape;
import io.argos.config.Shape.Key;
import io.argos.config.Shape.Kind;
import io.argos.config.Shape.ListShape;
import io.argos.config.Shape.MapShape;
import io.argos.config.Shape.RecordShape;
import io.argos.config.Shape.ScalarShape;
import java.util.regex.Pattern;

/**
 * How settings are listed: as written, so that nothing which a file gave away is listed, by names,
 * and less the secrets.
 */
final class Listing {
  /** Keys of free settings that are listed as {@code ***}. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passphrase|secret|token|credential|community|jaas|private.?key).*");

  private Listing() {}

  /** Sections and lists of sections are listed by their keys, settings one by one. */
  static boolean listed(Shape shape) {
    return switch (shape) {
      case RecordShape _, MapShape(FreeShape _) -> false;
      case ListShape list -> !list.named();
      case ScalarShape _, MapShape _, FreeShape _ -> true;
    };
  }

  /** A setting, by the value that came of it where the tree does not show it. */
  static String of(Key key, Tree tree, Object value) {
    return tree instanceof Tree.Scalar scalar
            && (scalar.shown().equals(scalar.text())
                || key.shape() instanceof ScalarShape(var kind) && kind == Kind.SENSITIVE)
        ? Scalars.show(value)
        : of(tree);
  }

  /** A setting of a free mapping. */
  static String of(String name, Tree.Entry entry) {
    return SECRET.matcher(name).matches() ? "***" : of(entry.value());
  }

  private static String of(Tree tree) {
    return switch (tree) {
      case Tree.Scalar scalar -> scalar.shown();
      case Tree.Broken broken -> broken.describe();
      case Tree.Sequence sequence ->
          "[" + String.join(", ", sequence.items().stream().map(Listing::of).toList()) + "]";
      case Tree.Mapping mapping ->
          "{"
              + String.join(
                  ", ",
                  mapping.entries().entrySet().stream()
                      .map(entry -> entry.getKey() + ": " + of(entry.getKey(), entry.getValue()))
                      .toList())
              + "}";
    };
  }
}
