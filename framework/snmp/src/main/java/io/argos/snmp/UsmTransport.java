package io.argos.snmp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.MessageException;

/**
 * SNMPv3 with the user-based security model, over SNMP4J. Shared by all loops; its answers come on
 * SNMP4J's threads and are handed to the loop of their exchange.
 */
final class UsmTransport implements PduTransport, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UsmTransport.class);

  /**
   * A session that was not used for so long is of a secret that has changed, or can be reopened.
   */
  private static final long UNUSED_NANOS = TimeUnit.HOURS.toNanos(2);

  private final EngineCounts counts;
  private final LongSupplier nanos;
  private final Object lock = new Object();

  /** Those used last at the end. */
  @GuardedBy("lock")
  private final Map<UsmAccount, Used> sessions = new LinkedHashMap<>(16, 0.75f, true);

  @GuardedBy("lock")
  private boolean closed;

  private static final class Used {
    private final UsmSession session;
    private long at;

    Used(UsmSession session) {
      this.session = session;
    }
  }

  UsmTransport(EngineCounts counts) {
    this(counts, System::nanoTime);
  }

  UsmTransport(EngineCounts counts, LongSupplier nanos) {
    this.counts = counts;
    this.nanos = nanos;
  }

  @Override
  public boolean send(Request request, BerWriter pdu) throws IOException {
    PlanExchange exchange = request.exchange();
    if (!(exchange.target().credential() instanceof SnmpCredential.V3 v3)) {
      throw new IllegalArgumentException("no v3 credential: " + exchange.target().credential());
    }
    try {
      session(UsmAccount.of(v3.secret())).send(request, pdu);
    } catch (IllegalArgumentException e) {
      exchange.loop().execute(() -> exchange.unusable(String.valueOf(e.getMessage())));
    } catch (MessageException e) {
      refuse(exchange, "SNMP4J cannot secure the message: " + e.getMessage());
    }
    return true;
  }

  // Later, since the exchange is in the middle of sending.
  private static void refuse(PlanExchange exchange, String detail) {
    exchange.loop().execute(() -> exchange.refused(detail));
  }

  UsmSession session(UsmAccount account) throws IOException {
    synchronized (lock) {
      if (closed) {
        throw new IOException("the SNMP client was closed");
      }
      Used used = sessions.get(account);
      if (used == null) {
        closeUnused();
        used = new Used(new UsmSession(account, counts));
        sessions.put(account, used);
      }
      used.at = nanos.getAsLong();
      return used.session;
    }
  }

  @GuardedBy("lock")
  private void closeUnused() {
    Iterator<Used> oldest = sessions.values().iterator();
    while (oldest.hasNext()) {
      Used used = oldest.next();
      if (nanos.getAsLong() - used.at < UNUSED_NANOS) {
        return;
      }
      oldest.remove();
      closeLater(used.session);
    }
  }

  /** Count of open sessions. */
  int sessions() {
    synchronized (lock) {
      return sessions.size();
    }
  }

  /** The local ports of the open sessions. */
  Set<Integer> ports() {
    synchronized (lock) {
      return sessions.values().stream()
          .map(used -> used.session.socket().port())
          .collect(Collectors.toSet());
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      sessions.values().forEach(used -> closeLater(used.session));
      sessions.clear();
    }
  }

  /** SNMP4J's close is known to take its time; nobody has to wait for it. */
  private static void closeLater(UsmSession session) {
    Thread.ofVirtual().name("snmp-usm-close").start(() -> close(session));
  }

  private static void close(UsmSession session) {
    try {
      session.close();
    } catch (IOException e) {
      log.debug("event=snmp_usm_close_failed", e);
    }
  }
}
