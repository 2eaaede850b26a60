package io.argos.profile.expression;

import java.util.ArrayList;
import java.util.List;

/** Splits a source into tokens. */
final class Lexer {
  private static final String[] SYMBOLS = {
    "==", "!=", "<=", ">=", "??", "<", ">", "+", "-", "*", "/", "%", "?", ":", "(", ")", "[", "]",
    ",", "."
  };

  private final String source;
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) {
    return new Lexer(source).run();
  }

  private List<Token> run() {
    List<Token> tokens = new ArrayList<>();
    while (true) {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
      if (at == source.length()) {
        tokens.add(new Token(Token.Kind.END, "", at));
        return tokens;
      }
      tokens.add(next());
    }
  }

  private Token next() {
    char c = source.charAt(at);
    if (isDigit(c)) {
      return number();
    }
    if (c == '\'' || c == '"') {
      return string(c);
    }
    if (isNameStart(c)) {
      int start = at;
      while (at < source.length()
          && (isNameStart(source.charAt(at)) || isDigit(source.charAt(at)))) {
        at++;
      }
      return new Token(Token.Kind.NAME, source.substring(start, at), start);
    }
    for (String symbol : SYMBOLS) {
      if (source.startsWith(symbol, at)) {
        Token token = new Token(Token.Kind.SYMBOL, symbol, at);
        at += symbol.length();
        return token;
      }
    }
    throw new ExpressionException(at, "'" + c + "' has no meaning here");
  }

  private Token number() {
    int start = at;
    boolean decimal = false;
    digits();
    if (at + 1 < source.length() && source.charAt(at) == '.' && isDigit(source.charAt(at + 1))) {
      decimal = true;
      at++;
      digits();
    }
    if (at < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
      int mark = at;
      at++;
      if (at < source.length() && (source.charAt(at) == '+' || source.charAt(at) == '-')) {
        at++;
      }
      int digitsFrom = at;
      digits();
      if (at == digitsFrom) {
        throw new ExpressionException(mark, "an exponent needs digits, as in 1e6");
      }
      decimal = true;
    }
    return new Token(
        decimal ? Token.Kind.DECIMAL : Token.Kind.INTEGER, source.substring(start, at), start);
  }

  private void digits() {
    while (at < source.length() && isDigit(source.charAt(at))) {
      at++;
    }
  }

  /** A backslash escapes the quote only, so that regular expressions stay readable. */
  private Token string(char quote) {
    int start = at++;
    StringBuilder text = new StringBuilder();
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == quote) {
        at++;
        return new Token(Token.Kind.STRING, text.toString(), start);
      }
      if (c == '\\' && at + 1 < source.length() && source.charAt(at + 1) == quote) {
        at++;
        c = quote;
      }
      text.append(c);
      at++;
    }
    throw new ExpressionException(start, "the text that starts here does not end");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
