package io.argos.profile.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions, found anywhere in the text unless anchored; compiled once. */
final class Patterns {
  private static final int LONGEST_PATTERN = 500;

  private Patterns() {}

  static Code.Typed matches(Compiler compiler, Syntax.Call call) {
    Pattern pattern = pattern(call);
    Code value = compiler.compile(call.arguments().getFirst(), Type.TEXT);
    return new Code.Typed(
        Type.BOOLEAN,
        at -> {
          at.step();
          Vector input = value.run(at);
          String[] texts = Conversions.texts(input);
          boolean[] results = new boolean[texts.length];
          for (int i = 0; i < texts.length; i++) {
            results[i] = !input.isAbsent(i) && at.budget().find(pattern, texts[i]) != null;
          }
          return new Vector.Booleans(results, input.absent());
        });
  }

  static Code.Typed capture(Compiler compiler, Syntax.Call call) {
    Pattern pattern = pattern(call);
    int groups = pattern.matcher("").groupCount();
    int group = call.arguments().size() == 3 ? Functions.integerLiteral(call, 2, 0, 9) : 1;
    if (group > groups) {
      throw new ExpressionException(
          call.arguments().get(1).offset(),
          "the pattern has " + groups + " groups in parentheses, not " + group);
    }
    return TextFunctions.each(
        compiler,
        call,
        (text, at) -> {
          Matcher found = at.budget().find(pattern, text);
          return found == null ? null : found.group(group);
        });
  }

  private static Pattern pattern(Syntax.Call call) {
    String source = Functions.literal(call, 1);
    int offset = call.arguments().get(1).offset();
    if (source.length() > LONGEST_PATTERN) {
      throw new ExpressionException(
          offset, "a pattern has at most " + LONGEST_PATTERN + " characters");
    }
    try {
      return Pattern.compile(source);
    } catch (PatternSyntaxException e) {
      throw new ExpressionException(offset, "not a regular expression: " + e.getDescription());
    }
  }
}
