package io.argos.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogSetupTest {
  private static final Logger log = LoggerFactory.getLogger("io.argos.polling.Agent");
  private static final Logger kafka = LoggerFactory.getLogger("org.apache.kafka.clients.Metadata");

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

  @AfterEach
  void quiet() {
    LogSetup.start(Level.ERROR, false, LogFormat.TEXT, new ByteArrayOutputStream());
  }

  @Test
  void writesOneLineForPeopleAndEscapesControlCharacters() {
    LogSetup.start(Level.INFO, true, LogFormat.TEXT, lines);

    log.info("device said name={}", "x\r\n2026 forged\u001b[2J\u202e");
    log.debug("not this");

    assertThat(text())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\[[^]]+] Agent: .*\\R")
        .contains("name=x\\r\\n2026 forged\\u001b[2J\\u202e");
  }

  @Test
  void writesAnExceptionBehindItsLine() {
    LogSetup.start(Level.INFO, true, LogFormat.TEXT, lines);

    log.error("failed", new IllegalStateException("a\u0007b"));

    assertThat(text().lines()).first().asString().endsWith("Agent: failed");
    assertThat(text()).contains("    java.lang.IllegalStateException: a\\u0007b\n");
  }

  @Test
  void writesJsonLines() throws IOException {
    LogSetup.start(Level.INFO, true, LogFormat.JSON, lines);

    log.warn("two\nlines", new IllegalStateException("why"));

    assertThat(text().lines()).hasSize(1);
    var line = new ObjectMapper().readTree(text());
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("logger").asText()).isEqualTo("io.argos.polling.Agent");
    assertThat(line.path("message").asText()).isEqualTo("two\nlines");
    assertThat(line.path("exception").asText()).contains("IllegalStateException: why");
  }

  @Test
  void keepsLibrariesQuiet() {
    LogSetup.start(Level.DEBUG, true, LogFormat.TEXT, lines);
    kafka.info("chatter");
    kafka.warn("of a service");
    LogSetup.start(Level.INFO, false, LogFormat.TEXT, lines);
    kafka.warn("of a short command");
    LogSetup.start(Level.TRACE, false, LogFormat.TEXT, lines);
    kafka.trace("on demand");

    assertThat(text())
        .contains("of a service", "on demand")
        .doesNotContain("chatter", "of a short command");
  }

  @Test
  void dropsWarningsOfNothingAndKeepsTheOthersOfTheSameClass() {
    Logger client = LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient");
    LogSetup.start(Level.INFO, true, LogFormat.TEXT, lines);
    client.warn("[id=1] Attempting to close NetworkClient that has already been closed.");
    client.warn("Connection to node 1 could not be established.");
    LogSetup.start(Level.TRACE, true, LogFormat.TEXT, lines);
    client.warn("[id=2] Attempting to close NetworkClient that has already been closed.");

    assertThat(text()).contains("Connection to node 1", "[id=2]").doesNotContain("[id=1]");
  }

  private String text() {
    return lines.toString(StandardCharsets.UTF_8);
  }
}
