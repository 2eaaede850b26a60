package io.argos.deploy.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process says of its readiness.
 *
 * @param status of HTTP; 0 while it does not answer
 * @param checks each condition with {@code ok} or the reason why not
 */
public record HealthReport(int status, Map<String, String> checks) {
  public static final HealthReport NONE = new HealthReport(0, Map.of());

  public HealthReport {
    checks = Map.copyOf(checks);
  }

  public static HealthReport of(int status, JsonNode body) {
    Map<String, String> checks = new TreeMap<>();
    body.path("checks")
        .properties()
        .forEach(check -> checks.put(check.getKey(), check.getValue().asText()));
    return new HealthReport(status, checks);
  }

  public boolean ok() {
    return status == 200;
  }

  /** What it says of one condition; empty when it does not speak of it. */
  public String of(String check) {
    return checks.getOrDefault(check, "");
  }

  @Override
  public String toString() {
    return status + " " + new TreeMap<>(checks);
  }
}
