package io.argos.profile.format;

import io.argos.profile.expression.Data;
import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Vector;
import java.util.List;

/** A sentence with expressions in braces. Immutable. */
public final class EventTemplate {
  private static final String UNKNOWN = "?";

  /** A piece of a template. */
  sealed interface Part {
    /** Text as it stands. */
    record Plain(String text) implements Part {}

    /** The value of an expression, as text. */
    record Value(Expression expression) implements Part {}
  }

  private final String source;
  private final List<Part> parts;

  EventTemplate(String source, List<Part> parts) {
    this.source = source;
    this.parts = List.copyOf(parts);
  }

  /** The sentence for one row of data; what has no value is a question mark. */
  public String fill(Data data) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Plain(String plain) -> text.append(plain);
        case Part.Value(Expression expression) -> {
          Vector value = expression.evaluate(data);
          text.append(value.isAbsent(0) ? UNKNOWN : value.textAt(0));
        }
      }
    }
    return text.toString();
  }

  /** The template as written. */
  @Override
  public String toString() {
    return source;
  }
}
