package io.argos.profile.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses a source into a tree. Binds, from loose to tight: {@code ?:}, {@code or}, {@code and},
 * {@code not}, comparison and {@code in}, {@code ??}, {@code + -}, {@code * / %}, unary minus,
 * {@code [ ]}.
 */
final class Parser {
  static final int MAX_SOURCE = 4_000;
  private static final int MAX_DEPTH = 60;
  private static final int MAX_NODES = 800;
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> WORDS =
      Set.of("and", "or", "not", "in", "true", "false", "none");

  private final List<Token> tokens;
  private int position;
  private int depth;
  private int nodes;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Syntax parse(String source) {
    if (source.length() > MAX_SOURCE) {
      throw new ExpressionException(
          MAX_SOURCE, "an expression has at most " + MAX_SOURCE + " characters");
    }
    Parser parser = new Parser(Lexer.tokens(source));
    Syntax tree = parser.expression();
    Token rest = parser.peek();
    if (rest.kind() != Token.Kind.END) {
      throw new ExpressionException(
          rest.offset(), rest.shown() + " is not expected after a whole expression");
    }
    return tree;
  }

  private Syntax expression() {
    if (++depth > MAX_DEPTH) {
      throw new ExpressionException(peek().offset(), "nested deeper than " + MAX_DEPTH + " levels");
    }
    Syntax condition = or();
    Syntax result = condition;
    if (accept("?")) {
      Syntax then = expression();
      expect(":");
      Syntax otherwise = expression();
      result = made(new Syntax.Conditional(condition.offset(), condition, then, otherwise));
    }
    depth--;
    return result;
  }

  private Syntax or() {
    Syntax left = and();
    while (peek().is("or")) {
      int offset = take().offset();
      left = made(new Syntax.Binary(offset, "or", left, and()));
    }
    return left;
  }

  private Syntax and() {
    Syntax left = not();
    while (peek().is("and")) {
      int offset = take().offset();
      left = made(new Syntax.Binary(offset, "and", left, not()));
    }
    return left;
  }

  private Syntax not() {
    if (peek().is("not")) {
      int offset = take().offset();
      deeper(offset);
      Syntax operand = not();
      depth--;
      return made(new Syntax.Unary(offset, "not", operand));
    }
    return comparison();
  }

  private Syntax comparison() {
    Syntax left = fallback();
    Token operator = peek();
    if (operator.kind() == Token.Kind.SYMBOL && COMPARISONS.contains(operator.text())) {
      take();
      return made(new Syntax.Binary(operator.offset(), operator.text(), left, fallback()));
    }
    boolean negated = operator.is("not") && tokens.get(position + 1).is("in");
    if (negated) {
      take();
    }
    if (accept("in")) {
      expect("[");
      List<Syntax> members = list("]");
      return made(new Syntax.Membership(operator.offset(), left, members, negated));
    }
    return left;
  }

  private Syntax fallback() {
    Syntax left = sum();
    while (peek().is("??")) {
      int offset = take().offset();
      left = made(new Syntax.Binary(offset, "??", left, sum()));
    }
    return left;
  }

  private Syntax sum() {
    Syntax left = product();
    while (peek().is("+") || peek().is("-")) {
      Token operator = take();
      left = made(new Syntax.Binary(operator.offset(), operator.text(), left, product()));
    }
    return left;
  }

  private Syntax product() {
    Syntax left = unary();
    while (peek().is("*") || peek().is("/") || peek().is("%")) {
      Token operator = take();
      left = made(new Syntax.Binary(operator.offset(), operator.text(), left, unary()));
    }
    return left;
  }

  private Syntax unary() {
    if (peek().is("-")) {
      int offset = take().offset();
      deeper(offset);
      Syntax operand = unary();
      depth--;
      return made(new Syntax.Unary(offset, "-", operand));
    }
    Syntax value = primary();
    while (peek().is("[")) {
      take();
      Syntax index = expression();
      expect("]");
      value = made(new Syntax.Indexed(value.offset(), value, index));
    }
    return value;
  }

  private Syntax primary() {
    Token token = take();
    return switch (token.kind()) {
      case INTEGER -> made(integer(token));
      case DECIMAL -> made(new Syntax.NumberLiteral(token.offset(), number(token)));
      case STRING -> made(new Syntax.TextLiteral(token.offset(), token.text()));
      case NAME -> named(token);
      case SYMBOL -> {
        if (!token.is("(")) {
          throw unexpected(token);
        }
        Syntax inner = expression();
        expect(")");
        yield inner;
      }
      case END -> throw unexpected(token);
    };
  }

  private Syntax named(Token token) {
    int offset = token.offset();
    switch (token.text()) {
      case "true", "false" -> {
        return made(new Syntax.BooleanLiteral(offset, token.is("true")));
      }
      case "none" -> {
        return made(new Syntax.NoneLiteral(offset));
      }
      default -> {
        if (WORDS.contains(token.text())) {
          throw unexpected(token);
        }
      }
    }
    if (accept("(")) {
      return made(new Syntax.Call(offset, token.text(), list(")")));
    }
    if (accept(".")) {
      Token column = take();
      if (column.kind() != Token.Kind.NAME) {
        throw new ExpressionException(column.offset(), "a column's name follows '.'");
      }
      return made(new Syntax.Qualified(offset, token.text(), column.text()));
    }
    return made(new Syntax.Name(offset, token.text()));
  }

  private static Syntax integer(Token token) {
    try {
      return new Syntax.IntegerLiteral(token.offset(), Long.parseLong(token.text()));
    } catch (NumberFormatException e) {
      throw new ExpressionException(token.offset(), token.text() + " is larger than 2^63-1");
    }
  }

  private static double number(Token token) {
    double value = Double.parseDouble(token.text());
    if (Double.isInfinite(value)) {
      throw new ExpressionException(token.offset(), token.text() + " is too large");
    }
    return value;
  }

  private List<Syntax> list(String end) {
    List<Syntax> items = new ArrayList<>();
    if (accept(end)) {
      return items;
    }
    do {
      items.add(expression());
    } while (accept(","));
    expect(end);
    return items;
  }

  private Syntax made(Syntax node) {
    if (++nodes > MAX_NODES) {
      throw new ExpressionException(node.offset(), "an expression has at most 800 terms");
    }
    return node;
  }

  private void deeper(int offset) {
    if (++depth > MAX_DEPTH) {
      throw new ExpressionException(offset, "nested deeper than " + MAX_DEPTH + " levels");
    }
  }

  private Token peek() {
    return tokens.get(position);
  }

  private Token take() {
    Token token = tokens.get(position);
    if (token.kind() != Token.Kind.END) {
      position++;
    }
    return token;
  }

  private boolean accept(String text) {
    if (peek().is(text)) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(String text) {
    if (!accept(text)) {
      Token found = peek();
      throw new ExpressionException(
          found.offset(), "'" + text + "' is expected here, not " + found.shown());
    }
  }

  private static ExpressionException unexpected(Token token) {
    return new ExpressionException(
        token.offset(), "a value is expected here, not " + token.shown());
  }
}
