package io.argos.profile.expression;

/**
 * One word of a source.
 *
 * @param kind what it is
 * @param text its text; of a string its content
 * @param offset where it starts
 */
record Token(Kind kind, String text, int offset) {
  enum Kind {
    INTEGER,
    DECIMAL,
    STRING,
    NAME,
    SYMBOL,
    END
  }

  boolean is(String symbolOrWord) {
    return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrWord);
  }

  /** As a message names it. */
  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
