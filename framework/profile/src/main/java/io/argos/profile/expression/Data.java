package io.argos.profile.expression;

/** What an expression reads. Implementations need not be safe for use by several threads. */
public interface Data {
  /** The rows of the table that the expression is about; of size 1 when it is about none. */
  Rows rows();

  /** The rows of another table by name. */
  Rows table(String name);

  /** A single value by name, as a vector of one row. */
  Vector scalar(String name);

  /** A fact about the resource: {@code class}, {@code subclass}, {@code type}, or a label. */
  String attribute(String kind, String name);

  /** The rows of one table. */
  interface Rows {
    /** Count of rows. */
    int size();

    /** A column by name. Every column in the scope is there. */
    Vector column(String name);

    /** Position of the row with an index in dotted form, or -1. */
    int find(String index);
  }
}
