package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.PythonLexer.Kind;
import io.argos.deploy.profile.panoptes.PythonLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses the expressions and transforms of a Panoptes document. */
final class PythonParser {
  private static final int LONGEST = 4_000;
  private static final int DEEPEST = 40;
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> WORDS =
      Set.of("and", "or", "not", "in", "is", "if", "else", "for", "lambda", "None");

  private final List<Token> tokens;
  private int position;
  private int depth;

  private PythonParser(String source) throws UntranslatableException {
    if (source.length() > LONGEST) {
      throw new UntranslatableException("it is longer than " + LONGEST + " characters");
    }
    this.tokens = PythonLexer.tokens(source);
  }

  /** A function of one parameter. */
  record Lambda(String parameter, Python body) {}

  static Python parse(String source) throws UntranslatableException {
    PythonParser parser = new PythonParser(source);
    Python tree = parser.expression();
    parser.end();
    return tree;
  }

  static Lambda lambda(String source) throws UntranslatableException {
    PythonParser parser = new PythonParser(source);
    parser.expect("lambda");
    String parameter = parser.variable();
    parser.expect(":");
    Python body = parser.expression();
    parser.end();
    return new Lambda(parameter, body);
  }

  private Python expression() throws UntranslatableException {
    if (++depth > DEEPEST) {
      throw new UntranslatableException("it is nested too deeply");
    }
    Python value = or();
    if (accept("if")) {
      Python test = or();
      expect("else");
      value = new Python.Choice(test, value, expression());
    }
    depth--;
    return value;
  }

  private Python or() throws UntranslatableException {
    Python left = and();
    while (accept("or")) {
      left = new Python.Logic("or", left, and());
    }
    return left;
  }

  private Python and() throws UntranslatableException {
    Python left = not();
    while (accept("and")) {
      left = new Python.Logic("and", left, not());
    }
    return left;
  }

  private Python not() throws UntranslatableException {
    return accept("not") ? new Python.Unary("not", not()) : comparison();
  }

  private Python comparison() throws UntranslatableException {
    Python left = sum();
    Token operator = peek();
    String word;
    if (operator.kind() == Kind.SYMBOL && COMPARISONS.contains(operator.text())) {
      position++;
      word = operator.text();
    } else if (accept("in")) {
      word = "in";
    } else if (operator.is("not")) {
      position++;
      expect("in");
      word = "not in";
    } else {
      return left;
    }
    Python compared = new Python.Comparison(word, left, sum());
    Token next = peek();
    if ((next.kind() == Kind.SYMBOL && COMPARISONS.contains(next.text())) || next.is("in")) {
      throw new UntranslatableException("it compares more than two values at once");
    }
    return compared;
  }

  private Python sum() throws UntranslatableException {
    Python left = product();
    while (peek().is("+") || peek().is("-")) {
      left = new Python.Arithmetic(take().text(), left, product());
    }
    return left;
  }

  private Python product() throws UntranslatableException {
    Python left = unary();
    while (List.of("*", "/", "//", "%").contains(peek().text()) && peek().kind() == Kind.SYMBOL) {
      left = new Python.Arithmetic(take().text(), left, unary());
    }
    return left;
  }

  private Python unary() throws UntranslatableException {
    if (accept("-")) {
      return new Python.Unary("-", unary());
    }
    Python base = postfix();
    return accept("**") ? new Python.Arithmetic("**", base, unary()) : base;
  }

  private Python postfix() throws UntranslatableException {
    Python value = primary();
    while (true) {
      if (accept("[")) {
        value = new Python.Item(value, expression());
        expect("]");
      } else if (accept(".")) {
        if (peek().kind() == Kind.INDEX) {
          position++;
          value = new Python.Item(value, new Python.Index());
        } else {
          String name = variable();
          expect("(");
          value = new Python.Method(value, name, list(")"));
        }
      } else {
        return value;
      }
    }
  }

  private Python primary() throws UntranslatableException {
    Token token = take();
    switch (token.kind()) {
      case WHOLE -> {
        try {
          return new Python.Whole(Long.parseLong(token.text()));
        } catch (NumberFormatException e) {
          throw new UntranslatableException(token.text() + " is larger than 2^63-1");
        }
      }
      case DECIMAL -> {
        return new Python.Decimal(Double.parseDouble(token.text()));
      }
      case STRING -> {
        return new Python.Text(token.text());
      }
      case INDEX -> {
        return new Python.Index();
      }
      case NAME -> {
        return named(token);
      }
      case SYMBOL -> {
        if (token.is("(")) {
          List<Python> items = list(")");
          return items.size() == 1 ? items.getFirst() : new Python.Sequence(items);
        }
        if (token.is("[")) {
          List<Python> items = list("]");
          return items.size() == 1 && items.getFirst() instanceof Python.Comprehension one
              ? one
              : new Python.Sequence(items);
        }
      }
      case END -> {}
    }
    throw unexpected(token);
  }

  private Python named(Token token) throws UntranslatableException {
    String name = token.text();
    if (name.equals("True") || name.equals("False")) {
      return new Python.Truth(name.equals("True"));
    }
    if (WORDS.contains(name)) {
      throw unexpected(token);
    }
    return accept("(") ? new Python.Call(name, list(")")) : new Python.Name(name);
  }

  private List<Python> list(String end) throws UntranslatableException {
    List<Python> items = new ArrayList<>();
    while (!accept(end)) {
      Python item = expression();
      items.add(accept("for") ? comprehension(item) : item);
      if (!accept(",")) {
        expect(end);
        break;
      }
    }
    return items;
  }

  private Python comprehension(Python element) throws UntranslatableException {
    List<String> variables = new ArrayList<>();
    boolean inParentheses = accept("(");
    do {
      variables.add(variable());
    } while (accept(","));
    if (inParentheses) {
      expect(")");
    }
    expect("in");
    Python source = or();
    List<Python> conditions = new ArrayList<>();
    while (accept("if")) {
      conditions.add(or());
    }
    return new Python.Comprehension(element, variables, source, conditions);
  }

  private String variable() throws UntranslatableException {
    Token token = take();
    if (token.kind() != Kind.NAME || WORDS.contains(token.text())) {
      throw unexpected(token);
    }
    return token.text();
  }

  private Token peek() {
    return tokens.get(position);
  }

  private Token take() {
    Token token = tokens.get(position);
    position += token.kind() == Kind.END ? 0 : 1;
    return token;
  }

  private boolean accept(String word) {
    if (peek().is(word)) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(String word) throws UntranslatableException {
    if (!accept(word)) {
      throw new UntranslatableException(
          "'" + word + "' is expected in it, not '" + peek().text() + "'");
    }
  }

  private void end() throws UntranslatableException {
    if (peek().kind() != Kind.END) {
      throw unexpected(peek());
    }
  }

  private static UntranslatableException unexpected(Token token) {
    return new UntranslatableException("'" + token.text() + "' is not understood where it stands");
  }
}
