package io.argos.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.runtime.health.Health;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ServiceShellTest {
  private static final ArgosConfig CONFIG =
      ConfigLoader.load(ConfigSources.defaults().set("http.port=0")).config();

  @Test
  void isNotReadyBeforeItsServicesAreStartedHoweverEarlyOneAsks() throws Exception {
    ServiceShell shell = ServiceShell.open(CONFIG, "test");
    try {
      assertThat(status(shell, "started")).isEqualTo(503);
      assertThat(status(shell, "ready")).isEqualTo(503);
      assertThat(status(shell, "live")).isEqualTo(200);

      // A service that is started first must not make ready a process that has more to start.
      Health.Condition first =
          shell.health().condition(Health.Aspect.STARTED, "first", "waiting for the servers");
      first.met();
      assertThat(status(shell, "ready")).isEqualTo(503);

      shell.started();
      assertThat(status(shell, "ready")).isEqualTo(200);
    } finally {
      shell.lifecycle().close();
    }
  }

  private static int status(ServiceShell shell, String aspect) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI address =
          URI.create("http://127.0.0.1:%d/health/%s".formatted(shell.http().port(), aspect));
      return http.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
