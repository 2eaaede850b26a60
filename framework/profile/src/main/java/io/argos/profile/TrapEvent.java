package io.argos.profile;

import io.argos.profile.format.EventSpec;
import io.argos.schemas.Severity;
import java.util.Map;
import java.util.Optional;

/**
 * What a profile makes of a trap.
 *
 * @param spec the definition
 * @param severity how grave it is
 * @param key tells events of one name on one device apart; empty when there is but one
 * @param row key of the row that it is about, where that is known
 * @param summary one sentence
 * @param values the named varbinds that the trap has, as text
 */
public record TrapEvent(
    EventSpec spec,
    Severity severity,
    String key,
    Optional<String> row,
    String summary,
    Map<String, String> values) {
  public TrapEvent {
    values = Map.copyOf(values);
  }
}
