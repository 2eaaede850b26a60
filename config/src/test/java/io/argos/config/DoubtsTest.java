package io.argos.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtsTest {
  @Test
  void hasNoneAboutTheDefaults() {
    assertThat(Doubts.of(ConfigLoader.load(ConfigSources.defaults()).config())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          schedule.lookahead=12s; schedule.lookahead of 12s is shorter than zookeeper.session-timeout, kafka.session-timeout and a second, 13s
          kafka.session-timeout=30s; schedule.lookahead of 30s is shorter
          schedule.lookahead=2h; schedule.lookahead of 2h is as long as jobs are kept
          schedule.lease=1s; schedule.lease of 1s is shorter than zookeeper.session-timeout
          schedule.agent-silence=4s; schedule.agent-silence of 4s is shorter than two heartbeats
          kafka.properties.acks=1; kafka.properties.acks is 1
          kafka.properties.enable.idempotence=false; kafka.properties.enable.idempotence is false
          """)
  void namesTheKeysThatWeakenThePromise(String setting, String doubt) {
    var config = ConfigLoader.load(ConfigSources.defaults().set(setting)).config();

    assertThat(Doubts.of(config)).singleElement().asString().startsWith(doubt);
  }
}
