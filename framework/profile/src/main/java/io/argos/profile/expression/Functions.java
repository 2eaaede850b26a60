package io.argos.profile.expression;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The functions of the language, by name. */
final class Functions {
  private record Function(
      String usage, int least, int most, BiFunction<Compiler, Syntax.Call, Code.Typed> compile) {}

  private static final Map<String, Function> ALL = new TreeMap<>();

  private Functions() {}

  static {
    add("lookup(column, value, column)", 3, 3, Lookups::byValue);
    add("present(value)", 1, 1, NumberFunctions::present);
    add("int(number)", 1, 1, NumberFunctions::toInteger);
    add("number(value)", 1, 1, NumberFunctions::toNumber);
    add("round(number, digits)", 1, 2, NumberFunctions::round);
    add("abs(number)", 1, 1, NumberFunctions::abs);
    add("pow10(exponent)", 1, 1, NumberFunctions::pow10);
    add("least(a, b)", 2, 2, (c, call) -> NumberFunctions.extreme(c, call, true));
    add("greatest(a, b)", 2, 2, (c, call) -> NumberFunctions.extreme(c, call, false));
    add("convert(number, 'from', 'to')", 3, 3, Units::convert);
    add("text(value)", 1, 1, TextFunctions::text);
    add("lower(text)", 1, 1, TextFunctions::simple);
    add("upper(text)", 1, 1, TextFunctions::simple);
    add("trim(text)", 1, 1, TextFunctions::simple);
    add("ascii(text)", 1, 1, TextFunctions::simple);
    add("length(text)", 1, 1, TextFunctions::length);
    add("contains(text, part)", 2, 2, TextFunctions::test);
    add("startsWith(text, part)", 2, 2, TextFunctions::test);
    add("endsWith(text, part)", 2, 2, TextFunctions::test);
    add("replace(text, part, by)", 3, 3, TextFunctions::replace);
    add("part(text, separator, position)", 3, 3, TextFunctions::part);
    add("matches(text, 'pattern')", 2, 2, Patterns::matches);
    add("capture(text, 'pattern', group)", 2, 3, Patterns::capture);
    add("arc(index, position)", 2, 2, Indexes::arc);
    add("arcs(index, from, to)", 2, 3, Indexes::arcs);
    add("address(index)", 1, 1, Indexes::address);
    add("resource('class')", 1, 1, Attributes::resource);
    add("label('name')", 1, 1, Attributes::label);
  }

  private static void add(
      String usage, int least, int most, BiFunction<Compiler, Syntax.Call, Code.Typed> compile) {
    ALL.put(usage.substring(0, usage.indexOf('(')), new Function(usage, least, most, compile));
  }

  static Code.Typed call(Compiler compiler, Syntax.Call call) {
    if (Aggregates.NAMES.contains(call.function())) {
      return Aggregates.compile(compiler, call);
    }
    Function function = ALL.get(call.function());
    if (function == null) {
      throw new ExpressionException(
          call.offset(),
          "there is no function '"
              + call.function()
              + "'; known are "
              + String.join(", ", ALL.keySet())
              + " and the aggregates all, any, avg, count, first, max, min, sum");
    }
    int given = call.arguments().size();
    if (given < function.least() || given > function.most()) {
      throw new ExpressionException(call.offset(), function.usage() + " is expected");
    }
    return function.compile().apply(compiler, call);
  }

  /** An argument that must be a text literal. */
  static String literal(Syntax.Call call, int position) {
    List<Syntax> arguments = call.arguments();
    if (arguments.get(position) instanceof Syntax.TextLiteral(_, String value)) {
      return value;
    }
    throw new ExpressionException(
        arguments.get(position).offset(),
        "a text in quotes is expected here, as argument of " + call.function());
  }

  /** An argument that must be an integer literal. */
  static int integerLiteral(Syntax.Call call, int position, int least, int most) {
    Syntax argument = call.arguments().get(position);
    boolean negative =
        argument instanceof Syntax.Unary(_, String operator, _) && operator.equals("-");
    Syntax digits =
        argument instanceof Syntax.Unary(_, _, Syntax operand) && negative ? operand : argument;
    if (digits instanceof Syntax.IntegerLiteral(_, long value)) {
      long signed = negative ? -value : value;
      if (signed >= least && signed <= most) {
        return (int) signed;
      }
    }
    throw new ExpressionException(
        argument.offset(), "a whole number from " + least + " to " + most + " is expected here");
  }
}
