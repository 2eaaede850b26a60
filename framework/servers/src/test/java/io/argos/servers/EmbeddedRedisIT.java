package io.argos.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {
  @TempDir Path folder;

  @Test
  void keepsValuesThroughARestart() throws Exception {
    try (var redis = EmbeddedRedis.start(folder);
        var probe = new RedisProbe(redis.port())) {
      assertThat(probe.ask("SET argos:secret:snmp:default sealed")).isEqualTo("+OK");
    }

    try (var redis = EmbeddedRedis.start(folder);
        var probe = new RedisProbe(redis.port())) {
      assertThat(probe.ask("GET argos:secret:snmp:default")).isEqualTo("sealed");
    }
  }

  @Test
  void asksForThePasswordWhichIsInNoProcessList() throws Exception {
    try (var redis = EmbeddedRedis.start(folder, 0, Optional.of("se\"cret 1"));
        var probe = new RedisProbe(redis.port())) {
      assertThat(probe.ask("GET x")).startsWith("-NOAUTH");
      assertThat(probe.ask("AUTH \"se\\\"cret 1\"")).isEqualTo("+OK");
      assertThat(probe.ask("GET x")).isEqualTo("$-1");
      assertThat(ProcessHandle.current().descendants())
          .noneMatch(process -> process.info().commandLine().orElse("").contains("secret 1"));
    }
  }

  @Test
  void leavesNoProcessBehindWhenClosed() {
    var redis = EmbeddedRedis.start(folder);
    var processes = ProcessHandle.current().descendants().toList();

    redis.close();

    assertThat(processes).hasSizeGreaterThanOrEqualTo(2);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void unpacksAServerThatRunsWhereNoneIsInstalled() throws Exception {
    Path executable = Path.of(EmbeddedRedis.unpacked(folder));

    Process version = new ProcessBuilder(executable.toString(), "--version").start();
    String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(Files.isExecutable(executable)).isTrue();
    assertThat(version.waitFor()).isZero();
    assertThat(said).startsWith("Redis server v=");
  }

  @Test
  void namesThePortThatIsTaken() {
    try (var first = EmbeddedRedis.start(folder)) {
      assertThatThrownBy(() -> EmbeddedRedis.start(folder, first.port(), Optional.empty()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageStartingWith("Port " + first.port() + " for Redis cannot be had")
          .hasMessageContaining("servers.redis-port");
    }
  }
}
