package io.argos.snmp.trap;

import io.argos.config.TrapsConfig;
import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpCredentials;
import io.argos.spi.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A receiver on a free port, and what it heard. */
final class TrapProbe implements AutoCloseable {
  static final String USER = "argos";
  static final String PASSWORD = "argos-test-password";

  final TrapCounts counts = new TrapCounts();
  final BlockingQueue<Trap> heard = new LinkedBlockingQueue<>();
  final TrapReceiver receiver;
  volatile boolean keeps = true;

  private TrapProbe(String address, int rate) throws IOException {
    TrapsConfig config =
        new TrapsConfig(
            true,
            address,
            0,
            List.of("traps"),
            rate,
            20_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
    receiver = TrapReceiver.open(config, this::take, counts);
    receiver.allow(credentials());
  }

  /** The community {@code public}, and two users. */
  private static List<SnmpCredential> credentials() {
    return List.of(
        community("public"),
        user(Map.of("user", USER, "auth-password", PASSWORD, "priv-password", PASSWORD)),
        user(
            Map.of(
                "user",
                "strong",
                "auth-protocol",
                "sha256",
                "auth-password",
                PASSWORD,
                "priv-password",
                PASSWORD)));
  }

  static TrapAccess access() {
    return TrapAccess.of(credentials());
  }

  static TrapProbe open(String address) throws IOException {
    return new TrapProbe(address, 1_000_000);
  }

  static TrapProbe withRate(int rate) throws IOException {
    return new TrapProbe("127.0.0.1", rate);
  }

  static SnmpCredential community(String community) {
    return SnmpCredentials.of(new Secret("c", Map.of("community", community)));
  }

  static SnmpCredential user(Map<String, String> fields) {
    return SnmpCredentials.of(new Secret("u-" + fields.get("user"), fields));
  }

  private void take(Trap trap, Runnable kept) {
    heard.add(trap);
    if (keeps) {
      kept.run();
    }
  }

  @Override
  public void close() throws InterruptedException {
    receiver.close();
  }
}
