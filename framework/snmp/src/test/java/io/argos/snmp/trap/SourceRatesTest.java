package io.argos.snmp.trap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.snmp4j.smi.OctetString;

class SourceRatesTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("2001:db8::1");
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void givesEachSenderItsShareAndNoMore() {
    SourceRates rates = new SourceRates(10, nanos::get);

    assertThat(taken(rates, ONE, 1_000)).isEqualTo(100);
    assertThat(taken(rates, OTHER, 50)).isEqualTo(50);
    nanos.addAndGet(2_000_000_000L);
    assertThat(taken(rates, ONE, 1_000)).isEqualTo(20);
    assertThat(taken(rates, OTHER, 1_000)).isEqualTo(70);
  }

  @Test
  void remembersBoundedlyManySenders() throws Exception {
    SourceRates rates = new SourceRates(10, nanos::get);

    for (int i = 0; i < 50_000; i++) {
      rates.take(
          InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}));
    }

    assertThat(rates.size()).isEqualTo(20_000);
  }

  @Test
  void admitsKnownEnginesAndAFewNewOnesASecond() {
    KnownEngines engines = new KnownEngines(nanos::get, _ -> {});
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      admitted += engines.admits(new OctetString("engine " + i)) ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(400);
    assertThat(engines.admits(new OctetString("engine 7"))).isTrue();
    assertThat(engines.admits(new OctetString("engine 999"))).isFalse();
    nanos.addAndGet(1_000_000_000L);
    assertThat(engines.admits(new OctetString("engine 999"))).isTrue();
  }

  private static int taken(SourceRates rates, InetAddress source, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += rates.take(source) ? 1 : 0;
    }
    return taken;
  }
}
