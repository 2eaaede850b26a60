package io.argos.snmp;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.MessageException;

/**
 * SNMPv3 with the user-based security model, over SNMP4J. Shared by all loops; its answers come on
 * SNMP4J's threads and are handed to the loop of their exchange.
 */
final class UsmTransport implements PduTransport, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UsmTransport.class);
  private final EngineCounts counts;
  private final Object lock = new Object();
  private final Map<UsmAccount, UsmSession> sessions = new HashMap<>();
  private boolean closed;

  UsmTransport(EngineCounts counts) {
    this.counts = counts;
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
      refuse(exchange, String.valueOf(e.getMessage()));
    } catch (MessageException e) {
      refuse(exchange, "SNMP4J cannot secure the message: " + e.getMessage());
    }
    return true;
  }

  // Later, since the exchange is in the middle of sending.
  private static void refuse(PlanExchange exchange, String detail) {
    exchange.loop().execute(() -> exchange.refused(detail));
  }

  private UsmSession session(UsmAccount account) throws IOException {
    synchronized (lock) {
      if (closed) {
        throw new IOException("the SNMP client was closed");
      }
      UsmSession session = sessions.get(account);
      if (session == null) {
        session = new UsmSession(account, counts);
        sessions.put(account, session);
      }
      return session;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      for (UsmSession session : sessions.values()) {
        // SNMP4J's close is known to take its time; nobody has to wait for it.
        Thread.ofVirtual().name("snmp-usm-close").start(() -> close(session));
      }
      sessions.clear();
    }
  }

  private static void close(UsmSession session) {
    try {
      session.close();
    } catch (IOException e) {
      log.debug("event=snmp_usm_close_failed", e);
    }
  }
}
