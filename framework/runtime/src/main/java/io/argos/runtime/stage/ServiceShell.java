package io.argos.runtime.stage;

import io.argos.config.ArgosConfig;
import io.argos.config.Doubts;
import io.argos.runtime.health.Health;
import io.argos.runtime.http.HttpEndpoint;
import io.argos.runtime.lifecycle.Lifecycle;
import io.argos.runtime.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process has once, whatever services run in it: its lifecycle, its health, its metrics and
 * the HTTP endpoint that shows them.
 *
 * @param lifecycle closes everything of the process, in reverse order
 * @param health what supervisors ask
 * @param meters metrics of the process
 * @param http the endpoint
 * @param startup unmet until all services of the process have been started
 */
public record ServiceShell(
    Lifecycle lifecycle,
    Health health,
    Meters meters,
    HttpEndpoint http,
    Health.Condition startup) {

  private static final Logger log = LoggerFactory.getLogger(ServiceShell.class);

  /**
   * Opens the shell: from here on the process answers that it lives, and that it is not ready.
   *
   * @param name name of the process in logs
   */
  public static ServiceShell open(ArgosConfig config, String name) throws InterruptedException {
    Doubts.of(config).forEach(doubt -> log.warn("the configuration weakens scheduling: {}", doubt));
    Lifecycle lifecycle = new Lifecycle(name);
    Health health = new Health();
    // Before anybody can ask: services bring their own conditions only when it is their turn.
    Health.Condition startup =
        health.condition(Health.Aspect.STARTED, "startup", "not all is started yet");
    Meters meters = lifecycle.start("metrics", () -> new Meters(Map.of()));
    HttpEndpoint http =
        lifecycle.start("http", () -> HttpEndpoint.start(config.http(), health, meters));
    return new ServiceShell(lifecycle, health, meters, http, startup);
  }

  /** All services of the process have been started: from here on it is ready when they are. */
  public void started() {
    startup.met();
  }

  /** A registry whose meters all carry the name of a service, for services that share a process. */
  public MeterRegistry metersOf(String service) {
    CompositeMeterRegistry registry = new CompositeMeterRegistry();
    registry.config().commonTags("service", service);
    registry.add(meters.registry());
    lifecycle.add("metrics of " + service, registry::close);
    return registry;
  }
}
