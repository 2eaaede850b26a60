package io.argos.testing.ber;

/** A variable binding. */
public record Varbind(ObjectId oid, Value value) {
  /** A binding that asks: its value is null. */
  public static Varbind ask(ObjectId oid) {
    return new Varbind(oid, Value.Absent.NULL);
  }
}
