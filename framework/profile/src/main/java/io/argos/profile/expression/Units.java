package io.argos.profile.expression;

import java.util.Map;
import java.util.TreeSet;

/** Conversion between UCUM units of one dimension. */
final class Units {
  /** {@code base = value * factor + offset}. */
  private record Unit(String dimension, double factor, double offset) {}

  private static final Map<String, Unit> UNITS =
      Map.ofEntries(
          Map.entry("K", new Unit("temperature", 1, 0)),
          Map.entry("Cel", new Unit("temperature", 1, 273.15)),
          Map.entry("[degF]", new Unit("temperature", 5.0 / 9, 459.67 * 5 / 9)),
          Map.entry("By", new Unit("information", 8, 0)),
          Map.entry("kBy", new Unit("information", 8e3, 0)),
          Map.entry("MBy", new Unit("information", 8e6, 0)),
          Map.entry("GBy", new Unit("information", 8e9, 0)),
          Map.entry("KiBy", new Unit("information", 8.0 * (1 << 10), 0)),
          Map.entry("MiBy", new Unit("information", 8.0 * (1 << 20), 0)),
          Map.entry("GiBy", new Unit("information", 8.0 * (1 << 30), 0)),
          Map.entry("bit", new Unit("information", 1, 0)),
          Map.entry("kbit", new Unit("information", 1e3, 0)),
          Map.entry("Mbit", new Unit("information", 1e6, 0)),
          Map.entry("us", new Unit("time", 1e-6, 0)),
          Map.entry("ms", new Unit("time", 1e-3, 0)),
          Map.entry("cs", new Unit("time", 1e-2, 0)),
          Map.entry("s", new Unit("time", 1, 0)),
          Map.entry("min", new Unit("time", 60, 0)),
          Map.entry("h", new Unit("time", 3_600, 0)),
          Map.entry("1", new Unit("ratio", 1, 0)),
          Map.entry("%", new Unit("ratio", 0.01, 0)));

  private Units() {}

  static Code.Typed convert(Compiler compiler, Syntax.Call call) {
    Unit from = unit(call, 1);
    Unit to = unit(call, 2);
    if (!from.dimension().equals(to.dimension())) {
      throw new ExpressionException(
          call.offset(), "cannot convert " + from.dimension() + " to " + to.dimension());
    }
    boolean toFahrenheit =
        Functions.literal(call, 1).equals("Cel") && Functions.literal(call, 2).equals("[degF]");
    Code value = compiler.compile(call.arguments().getFirst(), Type.NUMBER);
    return new Code.Typed(
        Type.NUMBER,
        at -> {
          at.step();
          Vector input = value.run(at);
          double[] values = Conversions.doubles(input);
          double[] results = new double[values.length];
          for (int i = 0; i < values.length; i++) {
            // the textbook form, so that 43 degrees Celsius are 109.4 and not 109.39999999999998
            results[i] =
                toFahrenheit
                    ? values[i] * 1.8 + 32
                    : (values[i] * from.factor() + from.offset() - to.offset()) / to.factor();
          }
          return Arithmetic.finite(results, input.absent());
        });
  }

  private static Unit unit(Syntax.Call call, int position) {
    Unit unit = UNITS.get(Functions.literal(call, position));
    if (unit == null) {
      throw new ExpressionException(
          call.arguments().get(position).offset(),
          "the units are " + String.join(", ", new TreeSet<>(UNITS.keySet())));
    }
    return unit;
  }
}
