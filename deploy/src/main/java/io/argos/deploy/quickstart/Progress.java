package io.argos.deploy.quickstart;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Says each step when it is true, as text for a person or as a JSON line for a program. */
public final class Progress {
  private static final double NANOS = 1e9;

  private final PrintStream out;
  private final boolean json;
  private final LongSupplier nanos;
  private final long begun;

  /**
   * Progress from now on.
   *
   * @param nanos a clock that only goes forward
   */
  public Progress(PrintStream out, boolean json, LongSupplier nanos) {
    this.out = out;
    this.json = json;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /** Seconds since the start. */
  public double seconds() {
    return (nanos.getAsLong() - begun) / NANOS;
  }

  /** A step that is true now. */
  public void step(String name, String sentence, Map<String, ?> facts) {
    if (json) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("step", name);
      line.put("seconds", Math.round(seconds() * 10) / 10.0);
      new java.util.TreeMap<>(facts)
          .forEach((key, value) -> {
            switch (value) {
              case Integer number -> line.put(key, number);
              case Long number -> line.put(key, number);
              case Double number -> line.put(key, number);
              case com.fasterxml.jackson.databind.JsonNode node -> line.set(key, node);
              default -> line.put(key, String.valueOf(value));
            }
          });
      out.println(line);
    } else {
      out.println(String.format(Locale.ROOT, "[%5.1f s] %s", seconds(), sentence));
    }
    out.flush();
  }

  /** Text for a person only. */
  public void text(String text) {
    if (!json) {
      out.println(text);
      out.flush();
    }
  }
}
