package io.argos.profile.expression;

import java.util.ArrayList;
import java.util.List;

/** Operators. */
final class Operators {
  private Operators() {}

  static Code.Typed unary(Compiler compiler, Syntax.Unary unary) {
    if (unary.operator().equals("not")) {
      Code operand = compiler.compile(unary.operand(), Type.BOOLEAN);
      return new Code.Typed(
          Type.BOOLEAN,
          at -> {
            at.step();
            Vector input = operand.run(at);
            boolean[] values = Conversions.booleans(input).clone();
            for (int i = 0; i < values.length; i++) {
              values[i] = !values[i] && !input.isAbsent(i);
            }
            return new Vector.Booleans(values, input.absent());
          });
    }
    Code.Typed operand = compiler.compile(unary.operand());
    requireNumeric(operand.type(), unary.operand().offset(), "-");
    return Arithmetic.negate(operand);
  }

  static Code.Typed binary(Compiler compiler, Syntax.Binary binary) {
    return switch (binary.operator()) {
      case "and", "or" -> logic(compiler, binary, binary.operator().equals("and"));
      case "??" -> fallback(compiler, binary);
      case "==", "!=", "<", "<=", ">", ">=" -> Comparisons.compare(compiler, binary);
      default -> arithmetic(compiler, binary);
    };
  }

  private static Code.Typed arithmetic(Compiler compiler, Syntax.Binary binary) {
    Code.Typed left = compiler.compile(binary.left());
    Code.Typed right = compiler.compile(binary.right());
    String operator = binary.operator();
    boolean texts = left.type() == Type.TEXT || right.type() == Type.TEXT;
    if (operator.equals("+") && texts) {
      return TextFunctions.concatenate(left, right);
    }
    requireNumeric(left.type(), binary.left().offset(), operator);
    requireNumeric(right.type(), binary.right().offset(), operator);
    return Arithmetic.binary(operator, left, right);
  }

  private static void requireNumeric(Type type, int offset, String operator) {
    if (!type.isNumeric()) {
      throw new ExpressionException(
          offset, "'" + operator + "' needs a number here, but this is " + type.word());
    }
  }

  /** Three-valued: false and anything is false, true or anything is true. */
  private static Code.Typed logic(Compiler compiler, Syntax.Binary binary, boolean and) {
    Code left = compiler.compile(binary.left(), Type.BOOLEAN);
    Code right = compiler.compile(binary.right(), Type.BOOLEAN);
    return new Code.Typed(
        Type.BOOLEAN,
        at -> {
          at.step();
          Vector a = left.run(at);
          Vector b = right.run(at);
          int n = at.size();
          boolean[] values = new boolean[n];
          boolean[] absent = new boolean[n];
          boolean any = false;
          boolean[] x = Conversions.booleans(a);
          boolean[] y = Conversions.booleans(b);
          for (int i = 0; i < n; i++) {
            boolean decides = (!a.isAbsent(i) && x[i] != and) || (!b.isAbsent(i) && y[i] != and);
            boolean unknown = !decides && (a.isAbsent(i) || b.isAbsent(i));
            values[i] = !unknown && (decides ? !and : and);
            absent[i] = unknown;
            any |= unknown;
          }
          return new Vector.Booleans(values, any ? absent : Vector.NONE_ABSENT);
        });
  }

  private static Code.Typed fallback(Compiler compiler, Syntax.Binary binary) {
    Code.Typed left = compiler.compile(binary.left());
    Code.Typed right = compiler.compile(binary.right());
    Type type = common(left.type(), right.type(), binary.right().offset());
    Code first = left.as(type);
    Code second = right.as(type);
    return new Code.Typed(
        type,
        at -> {
          at.step();
          Vector a = first.run(at);
          if (a.absent().length == 0) {
            return a;
          }
          return choose(negated(a.absent()), a, second.run(at));
        });
  }

  private static boolean[] negated(boolean[] mask) {
    boolean[] result = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      result[i] = !mask[i];
    }
    return result;
  }

  /** An absent condition is not true. */
  static Code.Typed conditional(Compiler compiler, Syntax.Conditional conditional) {
    Code condition = compiler.compile(conditional.condition(), Type.BOOLEAN);
    Code.Typed then = compiler.compile(conditional.then());
    Code.Typed otherwise = compiler.compile(conditional.otherwise());
    Type type = common(then.type(), otherwise.type(), conditional.otherwise().offset());
    Code yes = then.as(type);
    Code no = otherwise.as(type);
    return new Code.Typed(
        type,
        at -> {
          at.step();
          Vector test = condition.run(at);
          boolean[] chosen = new boolean[at.size()];
          for (int i = 0; i < chosen.length; i++) {
            chosen[i] = test.isTrue(i);
          }
          return choose(chosen, yes.run(at), no.run(at));
        });
  }

  private static Type common(Type a, Type b, int offset) {
    if (Compiler.fits(b, a)) {
      return a;
    }
    if (Compiler.fits(a, b)) {
      return b;
    }
    throw new ExpressionException(
        offset, "both results must have one type, but they are " + a.word() + " and " + b.word());
  }

  /** Row by row the first vector where the mask is set, the second elsewhere; of one type. */
  private static Vector choose(boolean[] mask, Vector a, Vector b) {
    int n = mask.length;
    boolean[] absent = new boolean[n];
    boolean any = false;
    for (int i = 0; i < n; i++) {
      absent[i] = mask[i] ? a.isAbsent(i) : b.isAbsent(i);
      any |= absent[i];
    }
    boolean[] gone = any ? absent : Vector.NONE_ABSENT;
    return switch (a) {
      case Vector.Integers(long[] x, _) -> {
        long[] y = Conversions.longs(b);
        long[] values = new long[n];
        for (int i = 0; i < n; i++) {
          values[i] = mask[i] ? x[i] : y[i];
        }
        yield new Vector.Integers(values, gone);
      }
      case Vector.Numbers(double[] x, _) -> {
        double[] y = Conversions.doubles(b);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
          values[i] = mask[i] ? x[i] : y[i];
        }
        yield new Vector.Numbers(values, gone);
      }
      case Vector.Texts(String[] x, _) -> {
        String[] y = Conversions.texts(b);
        String[] values = new String[n];
        for (int i = 0; i < n; i++) {
          values[i] = mask[i] ? x[i] : y[i];
        }
        yield new Vector.Texts(values, gone);
      }
      case Vector.Booleans(boolean[] x, _) -> {
        boolean[] y = Conversions.booleans(b);
        boolean[] values = new boolean[n];
        for (int i = 0; i < n; i++) {
          values[i] = mask[i] ? x[i] : y[i];
        }
        yield new Vector.Booleans(values, gone);
      }
    };
  }

  static Code.Typed membership(Compiler compiler, Syntax.Membership membership) {
    Code.Typed value = compiler.compile(membership.value());
    List<Code> tests = new ArrayList<>();
    for (Syntax member : membership.members()) {
      tests.add(Comparisons.equal(value, compiler.compile(member), member.offset()));
    }
    boolean negated = membership.negated();
    return new Code.Typed(
        Type.BOOLEAN,
        at -> {
          at.step();
          Vector input = value.code().run(at);
          boolean[] found = new boolean[at.size()];
          for (Code test : tests) {
            Vector hit = test.run(at);
            for (int i = 0; i < found.length; i++) {
              found[i] |= hit.isTrue(i);
            }
          }
          for (int i = 0; i < found.length; i++) {
            found[i] = found[i] != negated && !input.isAbsent(i);
          }
          return new Vector.Booleans(found, input.absent());
        });
  }
}
