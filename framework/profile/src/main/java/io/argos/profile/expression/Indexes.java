package io.argos.profile.expression;

/** Functions over the index of a row, in dotted form. */
final class Indexes {
  private Indexes() {}

  private interface Change {
    /** The result, or empty text when there is none. */
    String apply(String[] arcs);
  }

  /** One arc as an integer; -1 is the last. */
  static Code.Typed arc(Compiler compiler, Syntax.Call call) {
    int position = Functions.integerLiteral(call, 1, -128, 127);
    Code text = over(compiler, call, arcs -> one(arcs, position));
    return new Code.Typed(
        Type.INTEGER,
        at -> {
          Vector input = text.run(at);
          String[] texts = Conversions.texts(input);
          long[] results = new long[texts.length];
          boolean[] absent = Arithmetic.mask(input.absent(), texts.length);
          for (int i = 0; i < texts.length; i++) {
            absent[i] |= !isArc(texts[i]);
            results[i] = absent[i] ? 0 : Long.parseLong(texts[i]);
          }
          return new Vector.Integers(results, absent);
        });
  }

  private static boolean isArc(String text) {
    return !text.isEmpty()
        && text.length() <= 10
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String one(String[] arcs, int position) {
    int at = position < 0 ? arcs.length + position : position;
    return at < 0 || at >= arcs.length ? "" : arcs[at];
  }

  /** The arcs from one position, or counted from the end, up to but without another. */
  static Code.Typed arcs(Compiler compiler, Syntax.Call call) {
    int from = Functions.integerLiteral(call, 1, -128, 127);
    int to =
        call.arguments().size() == 3
            ? Functions.integerLiteral(call, 2, 0, 128)
            : Integer.MAX_VALUE;
    return new Code.Typed(
        Type.TEXT,
        over(
            compiler,
            call,
            arcs -> {
              boolean cut = to != Integer.MAX_VALUE && arcs.length < to;
              int start = from < 0 ? arcs.length + from : from;
              if (cut || start < 0 || start >= arcs.length) {
                return "";
              }
              int end = Math.min(to, arcs.length);
              return String.join(
                  ".", java.util.Arrays.copyOfRange(arcs, start, Math.max(start, end)));
            }));
  }

  /** Arcs of four or sixteen octets as an address; RFC 5952 for IPv6. */
  static Code.Typed address(Compiler compiler, Syntax.Call call) {
    return new Code.Typed(Type.TEXT, over(compiler, call, Indexes::address));
  }

  private static String address(String[] arcs) {
    if (arcs.length != 4 && arcs.length != 16) {
      return "";
    }
    byte[] octets = new byte[arcs.length];
    for (int i = 0; i < arcs.length; i++) {
      if (!isArc(arcs[i]) || Long.parseLong(arcs[i]) > 255) {
        return "";
      }
      octets[i] = (byte) Integer.parseInt(arcs[i]);
    }
    return Addresses.text(octets);
  }

  private static Code over(Compiler compiler, Syntax.Call call, Change change) {
    Code value = compiler.compile(call.arguments().getFirst(), Type.TEXT);
    return at -> {
      at.step();
      Vector input = value.run(at);
      String[] texts = Conversions.texts(input);
      String[] results = new String[texts.length];
      boolean[] absent = Arithmetic.mask(input.absent(), texts.length);
      for (int i = 0; i < texts.length; i++) {
        results[i] = absent[i] ? "" : change.apply(texts[i].split("\\.", -1));
        absent[i] |= results[i].isEmpty();
      }
      return new Vector.Texts(results, absent);
    };
  }
}
