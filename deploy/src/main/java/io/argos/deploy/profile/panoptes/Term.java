package io.argos.deploy.profile.panoptes;

/**
 * A part of an expression of a profile.
 *
 * @param text how it is written
 * @param kind what it yields
 * @param tightness how tightly it binds, one of the constants
 */
record Term(String text, Kind kind, int tightness) {
  static final int CHOICE = 0;
  static final int OR = 1;
  static final int AND = 2;
  static final int NOT = 3;
  static final int COMPARISON = 4;
  static final int FALLBACK = 5;
  static final int SUM = 6;
  static final int PRODUCT = 7;
  static final int UNARY = 8;
  static final int WHOLE = 9;

  /** What a part yields. */
  enum Kind {
    INTEGER,
    NUMBER,
    TEXT,
    BOOLEAN;

    boolean isNumeric() {
      return this == INTEGER || this == NUMBER;
    }
  }

  static Term of(String text, Kind kind) {
    return new Term(text, kind, WHOLE);
  }

  static Term call(String function, Kind kind, String... arguments) {
    return of(function + "(" + String.join(", ", arguments) + ")", kind);
  }

  /** A text in quotes. */
  static Term literal(String text) throws UntranslatableException {
    boolean single = text.indexOf('\'') < 0;
    String quote = single || text.indexOf('"') >= 0 ? "'" : "\"";
    if (text.endsWith("\\") || text.contains("\\" + quote)) {
      throw new UntranslatableException("a backslash before a quote cannot be written");
    }
    return of(quote + text.replace(quote, "\\" + quote) + quote, Kind.TEXT);
  }

  static Term literal(long value) {
    return new Term(Long.toString(value), Kind.INTEGER, value < 0 ? UNARY : WHOLE);
  }

  static Term literal(double value) {
    return new Term(Double.toString(value), Kind.NUMBER, value < 0 ? UNARY : WHOLE);
  }

  /** The same as a whole number, any number, or a text. */
  Term as(Kind wanted) {
    return switch (wanted) {
      case BOOLEAN -> this;
      case INTEGER -> kind == Kind.INTEGER ? this : call("int", Kind.INTEGER, text);
      case NUMBER ->
          kind.isNumeric()
              ? this
              : kind == Kind.BOOLEAN ? as(Kind.INTEGER) : call("number", Kind.NUMBER, text);
      case TEXT -> kind == Kind.TEXT ? this : call("text", Kind.TEXT, text);
    };
  }

  /** Its text, in parentheses where it binds less tightly than its place asks for. */
  String within(int least) {
    return tightness < least ? "(" + text + ")" : text;
  }
}
