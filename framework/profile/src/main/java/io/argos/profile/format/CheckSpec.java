package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A check that a profile proposes for each row of a section. Its expressions are over the metrics
 * and dimensions of the row; a counter stands there for its rate per second.
 *
 * @param name its name; equal for the sections that it is about
 * @param section the section
 * @param description one sentence
 * @param where rows that it judges
 * @param judgement how it judges them
 * @param attempts results in a row that make a state hard
 */
public record CheckSpec(
    String name,
    String section,
    String description,
    Optional<Expression> where,
    Judgement judgement,
    int attempts) {

  /** How a row is judged. A row of which nothing is known is neither good nor bad. */
  public sealed interface Judgement {
    /**
     * By conditions, the critical one first.
     *
     * @param warning true of a row that is in doubt
     * @param critical true of a row that is bad
     */
    record Conditions(Optional<Expression> warning, Optional<Expression> critical)
        implements Judgement {}

    /**
     * By a value that should stay on one side of two thresholds.
     *
     * @param value the value
     * @param unit UCUM unit of the value and the thresholds
     * @param above true when values at or above a threshold are bad, false when those at or below
     * @param warning threshold of doubt
     * @param critical threshold of bad
     * @param hysteresis how far the value must come back behind a threshold before the state does
     */
    record Thresholds(
        Expression value,
        String unit,
        boolean above,
        OptionalDouble warning,
        OptionalDouble critical,
        double hysteresis)
        implements Judgement {}
  }
}
