package io.argos.profile.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Whatever is written, compiling either succeeds or says where it is wrong. */
class ExpressionFuzzTest {
  private static final long SEED = Long.getLong("argos.seed", 20_261_121L);
  private static final String[] WORDS = {
    "a",
    "b",
    "t",
    "index",
    "own.a",
    "own.t",
    "x",
    "1",
    "0",
    "2.5",
    "1e3",
    "'x'",
    "'a.b'",
    "\"",
    "'",
    "+",
    "-",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    ">=",
    "??",
    "?",
    ":",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    "and",
    "or",
    "not",
    "in",
    "none",
    "true",
    "count(",
    "sum(",
    "first(",
    "lookup(",
    "matches(",
    "capture(",
    "part(",
    "arc(",
    "arcs(",
    "address(",
    "int(",
    "number(",
    "text(",
    "round(",
    "pow10(",
    "convert(",
    "'^(a+)+$'",
    "'Cel'",
    "'K'",
    "present(",
    "least(",
    "label(",
    "9223372036854775807"
  };

  private final MapData data =
      new MapData("1.2", "3.4", "5")
          .integers("a", 1, Long.MIN_VALUE, -1)
          .numbers("b", 0.5, Double.MAX_VALUE, -0.0)
          .texts("t", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "", "1.5");

  @Test
  void neverFailsInAnyOtherWay() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    int compiled = 0;
    for (int i = 0; i < 150_000; i++) {
      String source = source(random);
      if (runs(source)) {
        compiled++;
      }
    }

    assertThat(compiled).as("expressions that compiled, seed %d", SEED).isGreaterThan(500);
  }

  @Test
  void survivesMutationsOfGoodExpressions() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    List<String> good =
        List.of(
            "contains(t, 'Routing Engine') ? 'data' : 'ctrl'",
            "int(number(t) / 100.0 * b) ?? sum(a, b > 0)",
            "lookup(own.t, part(t, '.', 0), own.a) in [1, 2, 3] and not matches(t, '^a+$')",
            "round(a * 1.8 + 32, 2) >= -b or capture(t, '(a)(b)?', 2) == 'x'");
    int compiled = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder mutated = new StringBuilder(good.get(random.nextInt(good.size())));
      for (int edits = random.nextInt(3); edits >= 0; edits--) {
        int at = random.nextInt(mutated.length());
        switch (random.nextInt(3)) {
          case 0 -> mutated.deleteCharAt(at);
          case 1 -> mutated.insert(at, (char) (32 + random.nextInt(95)));
          default -> mutated.setCharAt(at, (char) random.nextInt(300));
        }
      }
      if (runs(mutated.toString())) {
        compiled++;
      }
    }

    assertThat(compiled).as("expressions that compiled, seed %d", SEED).isGreaterThan(1_000);
  }

  private boolean runs(String source) {
    try {
      Expression expression = Expression.compile(source, data.scope(false));
      Vector result = expression.evaluate(data, new Budget(20_000));
      assertThat(result.size()).as(source).isEqualTo(3);
      for (int row = 0; row < 3; row++) {
        assertThat(result.textAt(row)).as(source).isNotNull();
      }
      return true;
    } catch (ExpressionException e) {
      assertThat(e.offset()).as(source).isBetween(0, source.length());
      return false;
    } catch (LimitExceededException e) {
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + SEED + ": " + source, e);
    }
  }

  private static String source(RandomGenerator random) {
    StringBuilder source = new StringBuilder();
    int words = 1 + random.nextInt(9);
    for (int i = 0; i < words; i++) {
      source.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return source.toString();
  }
}
