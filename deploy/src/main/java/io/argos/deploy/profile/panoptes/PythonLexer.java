package io.argos.deploy.profile.panoptes;

import java.util.ArrayList;
import java.util.List;

/** Splits an expression of a Panoptes document into tokens. */
final class PythonLexer {
  private static final String[] SYMBOLS = {
    "**", "//", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", ",",
    ".", ":"
  };

  /**
   * A token.
   *
   * @param text its text; of a string what it says
   */
  record Token(Kind kind, String text) {
    boolean is(String word) {
      return (kind == Kind.NAME || kind == Kind.SYMBOL) && text.equals(word);
    }
  }

  /** What a token is. */
  enum Kind {
    NAME,
    WHOLE,
    DECIMAL,
    STRING,
    INDEX,
    SYMBOL,
    END
  }

  private final String source;
  private int at;

  private PythonLexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) throws UntranslatableException {
    PythonLexer lexer = new PythonLexer(source);
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (tokens.getLast().kind() != Kind.END);
    return tokens;
  }

  private Token next() throws UntranslatableException {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    if (at == source.length()) {
      return new Token(Kind.END, "its end");
    }
    char c = source.charAt(at);
    if (c == '\'' || c == '"') {
      return string(c);
    }
    if (isDigit(c)) {
      return number();
    }
    if (isNameStart(c)) {
      return name();
    }
    if (source.startsWith("$index", at)) {
      at += "$index".length();
      return new Token(Kind.INDEX, "$index");
    }
    for (String symbol : SYMBOLS) {
      if (source.startsWith(symbol, at)) {
        at += symbol.length();
        return new Token(Kind.SYMBOL, symbol);
      }
    }
    throw new UntranslatableException("'" + c + "' is not understood");
  }

  private Token name() throws UntranslatableException {
    int start = at;
    while (at < source.length() && (isNameStart(source.charAt(at)) || isDigit(source.charAt(at)))) {
      at++;
    }
    String name = source.substring(start, at);
    boolean isPrefix = name.equals("u") || name.equals("b");
    if (isPrefix && at < source.length() && "'\"".indexOf(source.charAt(at)) >= 0) {
      return string(source.charAt(at));
    }
    return new Token(Kind.NAME, name);
  }

  private Token number() {
    int start = at;
    boolean decimal = false;
    while (at < source.length() && (isDigit(source.charAt(at)) || isFraction())) {
      decimal |= source.charAt(at) == '.';
      at++;
    }
    return new Token(decimal ? Kind.DECIMAL : Kind.WHOLE, source.substring(start, at));
  }

  private boolean isFraction() {
    return source.charAt(at) == '.' && at + 1 < source.length() && isDigit(source.charAt(at + 1));
  }

  private Token string(char quote) throws UntranslatableException {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < source.length() && source.charAt(at) != quote) {
      char c = source.charAt(at++);
      if (c == '\\' && at < source.length()) {
        char escaped = source.charAt(at++);
        switch (escaped) {
          case 'n' -> text.append('\n');
          case 't' -> text.append('\t');
          case '\\', '\'', '"' -> text.append(escaped);
          default -> text.append(c).append(escaped);
        }
      } else {
        text.append(c);
      }
    }
    if (at == source.length()) {
      throw new UntranslatableException("a text in it does not end");
    }
    at++;
    return new Token(Kind.STRING, text.toString());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
