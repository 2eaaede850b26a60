package io.argos.deploy.services;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process says of its readiness.
 *
 * @param status of HTTP; 0 while it does not answer
 * @param checks each condition with {@code ok} or the reason why not
 */
record HealthReport(int status, Map<String, String> checks) {
  static final HealthReport NONE = new HealthReport(0, Map.of());

  HealthReport {
    checks = Map.copyOf(checks);
  }

  static HealthReport of(int status, JsonNode body) {
    Map<String, String> checks = new TreeMap<>();
    body.path("checks")
        .properties()
        .forEach(check -> checks.put(check.getKey(), check.getValue().asText()));
    return new HealthReport(status, checks);
  }

  boolean ok() {
    return status == 200;
  }

  /** What it says of one condition; empty when it does not speak of it. */
  String of(String check) {
    return checks.getOrDefault(check, "");
  }

  @Override
  public String toString() {
    return status + " " + new TreeMap<>(checks);
  }
}
