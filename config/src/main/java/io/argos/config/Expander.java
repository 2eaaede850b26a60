package io.argos.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Expands references in scalars: {@code ${NAME}} and {@code ${NAME:-default}} from the environment
 * (the default also where the variable is empty), {@code ${file:/path}} with the content of a file
 * less its last line end, {@code ${config:folder}} with the folder of the main file; {@code $${} is
 * a literal {@code ${}.
 */
final class Expander {
  private final Map<String, String> environment;
  private final Path folder;
  private final Problems problems;

  Expander(Map<String, String> environment, Path folder, Problems problems) {
    this.environment = environment;
    this.folder = folder;
    this.problems = problems;
  }

  Tree.Mapping expand(Tree.Mapping mapping, String key) {
    var entries = new LinkedHashMap<String, Tree.Entry>();
    mapping
        .entries()
        .forEach((name, entry) ->
            entries.put(
                name,
                new Tree.Entry(
                    entry.keyOrigin(),
                    expand(entry.value(), key.isEmpty() ? name : key + "." + name))));
    return new Tree.Mapping(entries, mapping.origin());
  }

  Tree expand(Tree tree, String key) {
    return switch (tree) {
      case Tree.Mapping mapping -> expand(mapping, key);
      case Tree.Sequence sequence -> {
        var items = new ArrayList<Tree>();
        for (var item : sequence.items()) {
          items.add(expand(item, key + "[" + Tree.label(item, items.size()) + "]"));
        }
        yield new Tree.Sequence(items, sequence.origin());
      }
      case Tree.Broken broken -> broken;
      case Tree.Scalar scalar when !scalar.text().contains("${") -> scalar;
      case Tree.Scalar scalar -> {
        var run = new Run(scalar, key);
        var text = run.text(scalar.text());
        if (run.failed) {
          yield new Tree.Broken(scalar.origin());
        }
        yield new Tree.Scalar(
            text, scalar.plain(), run.secret ? scalar.text() : text, scalar.origin());
      }
    };
  }

  /** One scalar; what a file holds may be a secret, so the value is then shown as written. */
  private final class Run {
    private final Tree.Scalar scalar;
    private final String key;
    private boolean secret;
    private boolean failed;

    Run(Tree.Scalar scalar, String key) {
      this.scalar = scalar;
      this.key = key;
    }

    String text(String text) {
      var result = new StringBuilder();
      int at = 0;
      while (true) {
        int open = text.indexOf("${", at);
        if (open < 0) {
          return result.append(text, at, text.length()).toString();
        }
        if (open > at && text.charAt(open - 1) == '$') {
          result.append(text, at, open - 1).append("${");
          at = open + 2;
          continue;
        }
        int close = close(text, open + 2);
        if (close < 0) {
          fail("'${' without its '}'; write $${ for a literal one");
          return text;
        }
        result.append(text, at, open).append(reference(text.substring(open + 2, close)));
        at = close + 1;
      }
    }

    private int close(String text, int from) {
      int depth = 1;
      for (int i = from; i < text.length(); i++) {
        if (text.startsWith("${", i)) {
          depth++;
        } else if (text.charAt(i) == '}' && --depth == 0) {
          return i;
        }
      }
      return -1;
    }

    private String reference(String reference) {
      if (reference.equals("config:folder")) {
        return folder.toString();
      }
      if (reference.startsWith("file:")) {
        return file(text(reference.substring("file:".length())));
      }
      int colon = reference.indexOf(":-");
      var name = colon < 0 ? reference : reference.substring(0, colon);
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        fail(
            "'${"
                + reference
                + "}' is not a reference such as ${NAME}, ${NAME:-default} or ${file:/path}");
        return "";
      }
      var value = environment.get(name);
      if (value != null && !(value.isEmpty() && colon >= 0)) {
        return value;
      }
      if (colon >= 0) {
        return text(reference.substring(colon + 2));
      }
      fail(
          "the environment variable "
              + name
              + " is not set; ${"
              + name
              + ":-default} gives a default");
      return "";
    }

    private void fail(String message) {
      failed = true;
      problems.add(scalar.origin(), key, message);
    }

    private String file(String path) {
      secret = true;
      var file = folder.resolve(path);
      try {
        return Files.readString(file).replaceFirst("\r?\n\\z", "");
      } catch (NoSuchFileException e) {
        fail("the file " + file + " does not exist");
      } catch (IOException e) {
        fail("the file " + file + " cannot be read: " + YamlFile.reason(e));
      }
      return "";
    }
  }
}
