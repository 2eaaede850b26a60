package io.argos.discovery.plugin.subnet;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpFailure;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.snmp.SnmpType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers for addresses as told, is silent for all others, and keeps whom it was asked about. */
final class FakeSnmpClient implements SnmpClient {
  private static final Oid SYS_NAME = Oid.parse("1.3.6.1.2.1.1.5.0");

  private final Map<String, SnmpReply> replies = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean hangs;

  /** An address answers a credential with a sysName. */
  void answers(String address, String credential, String name) {
    SnmpColumn value =
        new SnmpColumn(
            SYS_NAME,
            new int[1][0],
            new SnmpType[] {SnmpType.OCTETS},
            new long[1],
            new byte[][] {name.getBytes(StandardCharsets.UTF_8)},
            true);
    replies.put(
        address + " " + credential, new SnmpReply(Map.of(SYS_NAME, value), Optional.empty(), 1));
  }

  /** An address fails with a credential. */
  void fails(String address, String credential, SnmpFailure failure) {
    replies.put(address + " " + credential, new SnmpReply(Map.of(), Optional.of(failure), 1));
  }

  /** From now on no reply ever comes. */
  void hang() {
    hangs = true;
  }

  /** Each request as {@code address credential}. */
  List<String> asked() {
    return asked;
  }

  @Override
  public CompletableFuture<SnmpReply> read(SnmpTarget target, SnmpPlan plan) {
    String key = target.address().getAddress().getHostAddress() + " " + target.credential().name();
    asked.add(key);
    if (hangs) {
      return new CompletableFuture<>();
    }
    SnmpReply silence =
        new SnmpReply(Map.of(), Optional.of(new SnmpFailure.NoAnswer(false, 1, "no answer")), 1);
    return CompletableFuture.completedFuture(replies.getOrDefault(key, silence));
  }

  @Override
  public void close() {}
}
