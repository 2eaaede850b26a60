package io.argos.profile.expression;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions over texts. A text of more than {@value #LONGEST} characters is absent. */
final class TextFunctions {
  static final int LONGEST = 4_096;

  private TextFunctions() {}

  private interface Test {
    boolean holds(String text, String part);
  }

  /** What becomes of a text that is there; null for none. */
  @FunctionalInterface
  interface Change {
    @Nullable String of(String text, Evaluation at);
  }

  static Code.Typed text(Compiler compiler, Syntax.Call call) {
    return new Code.Typed(Type.TEXT, toText(compiler.compile(call.arguments().getFirst())));
  }

  /** Any value as text. */
  static Code toText(Code.Typed value) {
    if (value.type() == Type.TEXT) {
      return value.code();
    }
    return at -> {
      at.step();
      Vector input = value.code().run(at);
      String[] results = new String[at.size()];
      for (int i = 0; i < results.length; i++) {
        results[i] = input.textAt(i);
      }
      return new Vector.Texts(results, input.absent());
    };
  }

  static Code.Typed concatenate(Code.Typed left, Code.Typed right) {
    Code first = toText(left);
    Code second = toText(right);
    return new Code.Typed(
        Type.TEXT,
        at -> {
          at.step();
          Vector a = first.run(at);
          Vector b = second.run(at);
          String[] x = Conversions.texts(a);
          String[] y = Conversions.texts(b);
          String[] results = new String[at.size()];
          boolean[] absent = Arithmetic.mask(Conversions.eitherAbsent(a, b), results.length);
          for (int i = 0; i < results.length; i++) {
            absent[i] |= x[i].length() + y[i].length() > LONGEST;
            results[i] = absent[i] ? "" : x[i] + y[i];
          }
          return new Vector.Texts(results, absent);
        });
  }

  static Code.Typed simple(Compiler compiler, Syntax.Call call) {
    UnaryOperator<String> change =
        switch (call.function()) {
          case "lower" -> text -> text.toLowerCase(Locale.ROOT);
          case "upper" -> text -> text.toUpperCase(Locale.ROOT);
          case "trim" -> String::trim;
          default -> TextFunctions::ascii;
        };
    return each(compiler, call, (text, _) -> change.apply(text));
  }

  /** A text out of each text of the first argument. */
  static Code.Typed each(Compiler compiler, Syntax.Call call, Change change) {
    Code value = compiler.compile(call.arguments().getFirst(), Type.TEXT);
    return new Code.Typed(
        Type.TEXT,
        at -> {
          at.step();
          Vector input = value.run(at);
          String[] texts = Conversions.texts(input);
          String[] results = new String[texts.length];
          boolean[] absent = Arithmetic.mask(input.absent(), texts.length);
          for (int i = 0; i < texts.length; i++) {
            String changed = absent[i] ? null : change.of(texts[i], at);
            absent[i] = changed == null;
            results[i] = changed == null ? "" : changed;
          }
          return new Vector.Texts(results, absent);
        });
  }

  private static String ascii(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 128) {
        kept.append(text.charAt(i));
      }
    }
    return kept.toString();
  }

  static Code.Typed length(Compiler compiler, Syntax.Call call) {
    Code value = compiler.compile(call.arguments().getFirst(), Type.TEXT);
    return new Code.Typed(
        Type.INTEGER,
        at -> {
          at.step();
          Vector input = value.run(at);
          String[] texts = Conversions.texts(input);
          long[] results = new long[texts.length];
          for (int i = 0; i < texts.length; i++) {
            results[i] = texts[i].length();
          }
          return new Vector.Integers(results, input.absent());
        });
  }

  static Code.Typed test(Compiler compiler, Syntax.Call call) {
    Test test =
        switch (call.function()) {
          case "contains" -> String::contains;
          case "startsWith" -> String::startsWith;
          default -> String::endsWith;
        };
    Code value = compiler.compile(call.arguments().get(0), Type.TEXT);
    Code part = compiler.compile(call.arguments().get(1), Type.TEXT);
    return new Code.Typed(
        Type.BOOLEAN,
        at -> {
          at.step();
          Vector a = value.run(at);
          Vector b = part.run(at);
          String[] texts = Conversions.texts(a);
          String[] parts = Conversions.texts(b);
          boolean[] results = new boolean[texts.length];
          for (int i = 0; i < texts.length; i++) {
            results[i] = test.holds(texts[i], parts[i]);
          }
          return new Vector.Booleans(results, Conversions.eitherAbsent(a, b));
        });
  }

  static Code.Typed replace(Compiler compiler, Syntax.Call call) {
    String from = Functions.literal(call, 1);
    String to = Functions.literal(call, 2);
    if (from.isEmpty()) {
      throw new ExpressionException(
          call.arguments().get(1).offset(), "an empty text cannot be replaced");
    }
    return each(
        compiler,
        call,
        (text, _) -> replacedLength(text, from, to) > LONGEST ? null : text.replace(from, to));
  }

  /** Told before, since what comes of a long text may not fit into memory. */
  private static long replacedLength(String text, String from, String to) {
    long length = text.length();
    for (int at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + from.length())) {
      length += to.length() - from.length();
    }
    return length;
  }

  /** The part at a position, from 0, or from -1 backwards; absent where there are fewer. */
  static Code.Typed part(Compiler compiler, Syntax.Call call) {
    String separator = Functions.literal(call, 1);
    if (separator.isEmpty()) {
      throw new ExpressionException(
          call.arguments().get(1).offset(), "the separator cannot be empty");
    }
    int position = Functions.integerLiteral(call, 2, -100, 100);
    return each(
        compiler,
        call,
        (text, _) -> {
          String[] parts = text.split(Pattern.quote(separator), -1);
          int wanted = position < 0 ? parts.length + position : position;
          return wanted < 0 || wanted >= parts.length ? null : parts[wanted];
        });
  }
}
