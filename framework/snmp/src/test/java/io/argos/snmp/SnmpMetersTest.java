package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SnmpMetersTest {
  @Test
  void countsWhatWasSentAgainAndGivenUp() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    SnmpConfig config = new SnmpConfig(Duration.ofMillis(20), 2, 20, 4, 500, 0, 1);
    try (SnmpEngine engine = SnmpEngine.open(config);
        ScriptedAgent silent = new ScriptedAgent((_, _) -> {})) {
      SnmpMeters.register(engine, meters);
      SnmpCredential credential =
          new SnmpCredential.V2c(new Secret("lab", Map.of("community", "public")));

      var _ =
          engine
              .read(
                  new SnmpTarget(silent.address(), credential, SnmpLimits.of(config)),
                  SnmpPlan.of(List.of(Oid.parse("1.3.6.1.2.1.1.3.0")), List.of()))
              .get(60, TimeUnit.SECONDS);

      assertThat(meters.get("argos.snmp.requests").functionCounter().count()).isEqualTo(3);
      assertThat(meters.get("argos.snmp.repetitions").functionCounter().count()).isEqualTo(2);
      assertThat(meters.get("argos.snmp.unanswered").functionCounter().count()).isEqualTo(1);
      assertThat(meters.get("argos.snmp.answers").functionCounter().count()).isZero();
    }
  }
}
