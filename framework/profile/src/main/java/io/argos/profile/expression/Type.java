package io.argos.profile.expression;

/** Types of the expression language. */
public enum Type {
  BOOLEAN("boolean"),
  INTEGER("integer"),
  NUMBER("number"),
  TEXT("text"),
  /** Of the literal {@code none} alone, which fits every type. */
  NONE("none");

  private final String word;

  Type(String word) {
    this.word = word;
  }

  /** Name in profiles and messages. */
  public String word() {
    return word;
  }

  boolean isNumeric() {
    return this == INTEGER || this == NUMBER;
  }
}
