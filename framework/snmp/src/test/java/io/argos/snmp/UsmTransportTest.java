package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.spi.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UsmTransportTest {
  private final AtomicLong nanos = new AtomicLong();

  private static UsmAccount account(String password) {
    return UsmAccount.of(new Secret("ops", Map.of("user", "ops", "auth-password", password)));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void hasAsMuchRoomForAnswersAsTheOtherVersions() throws IOException {
    try (UsmTransport usm = new UsmTransport(new EngineCounts(), nanos::get);
        UdpSockets others = new UdpSockets()) {
      UsmSocket socket = usm.session(account("first password")).socket();

      assertThat(socket.receiveBuffer() * 2).isEqualTo(others.receiveBuffer());
      assertThat(usm.ports()).containsExactly(socket.port());
    }
  }

  @Test
  void closesTheSessionsOfPasswordsThatWereChanged() throws IOException {
    try (UsmTransport usm = new UsmTransport(new EngineCounts(), nanos::get)) {
      UsmSession first = usm.session(account("first password"));
      usm.session(account("other password"));
      pass(Duration.ofMinutes(90));
      assertThat(usm.session(account("first password"))).isSameAs(first);
      pass(Duration.ofMinutes(90));

      usm.session(account("third password"));

      assertThat(usm.sessions()).isEqualTo(2);
      assertThat(usm.session(account("first password"))).isSameAs(first);
    }
  }
}
