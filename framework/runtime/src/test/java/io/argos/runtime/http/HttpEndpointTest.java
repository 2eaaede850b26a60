package io.argos.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.HttpConfig;
import io.argos.runtime.health.Health;
import io.argos.runtime.health.Health.Aspect;
import io.argos.runtime.metrics.Meters;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
  private final Health health = new Health();
  private final Meters meters = new Meters(Map.of("stage", "polling", "instance", "p-1"));
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpEndpoint endpoint;

  @BeforeEach
  void start() {
    endpoint = HttpEndpoint.start(new HttpConfig("127.0.0.1", 0), health, meters);
  }

  @AfterEach
  void stop() {
    client.close();
    endpoint.close();
    meters.close();
  }

  @Test
  void givesTheReasonsWhileNotReady() throws Exception {
    var redis = health.condition(Aspect.READY, "redis", "unreachable at 127.0.0.1:6379");

    HttpResponse<String> before = get("/health/ready");
    redis.met();
    HttpResponse<String> after = get("/health/ready");

    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(before.body())
        .isEqualTo(
            """
            {"status":"unavailable","checks":{"redis":"unreachable at 127.0.0.1:6379"}}
            """);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body())
        .isEqualTo(
            """
            {"status":"ok","checks":{"redis":"ok"}}
            """);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/started").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsWhatIsMissingToOneThatWorksOn() throws Exception {
    health.condition(Aspect.STARTED, "zookeeper", "not yet looked at").met();
    health.useful("zookeeper", () -> Optional.of("unreachable at 127.0.0.1:2181, for 7 s"));

    HttpResponse<String> degraded = get("/health/ready");

    assertThat(degraded.statusCode()).isEqualTo(200);
    assertThat(degraded.body())
        .isEqualTo(
            """
            {"status":"degraded","checks":{"zookeeper":"unreachable at 127.0.0.1:2181, for 7 s"}}
            """);
  }

  @Test
  void doesNotHideThatAServerIsStillLookedForBehindOneThatIsWatched() throws Exception {
    health.condition(Aspect.STARTED, "kafka", "not yet looked at");
    health.check(Aspect.READY, "kafka", Optional::empty);

    assertThat(get("/health/ready").body()).contains("\"kafka\":\"not yet looked at\"");
  }

  @Test
  void showsMetricsWithTheCommonTags() throws Exception {
    meters.registry().counter("argos.jobs", "status", "ok").increment(2);

    HttpResponse<String> metrics = get("/metrics");

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("content-type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(metrics.body())
        .contains("argos_jobs_total{instance=\"p-1\",stage=\"polling\",status=\"ok\"} 2.0")
        .contains("jvm_memory_used_bytes")
        .contains("process_uptime_seconds");
  }

  @Test
  void refusesOtherMethodsAndPaths() throws Exception {
    HttpResponse<String> post =
        client.send(
            request("/metrics").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void namesThePortThatIsTaken() {
    var taken = new HttpConfig("127.0.0.1", endpoint.port());

    assertThatThrownBy(() -> HttpEndpoint.start(taken, health, meters))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Port " + endpoint.port() + " of the HTTP endpoint")
        .hasMessageContaining("http.port");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path));
  }
}
