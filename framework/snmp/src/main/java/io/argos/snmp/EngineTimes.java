package io.argos.snmp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snmp4j.security.UsmTimeEntry;
import org.snmp4j.security.UsmTimeTable;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;

/**
 * Boots and times of the engines, apart for each address. By its id alone, as SNMP4J keeps them,
 * devices that were cloned with their engine id would have one clock, and each that booted more
 * seldom than the other would be taken for a replay (RFC 3414 3.2 7b). Safe for use by any thread.
 */
final class EngineTimes extends UsmTimeTable {
  /** The address that is written to, or that a message came from. */
  static final ScopedValue<UdpAddress> PEER = ScopedValue.newInstance();

  private static final long serialVersionUID = 1;
  private static final int MOST = 1 << 16;

  private final OctetString local;
  private final transient Object lock = new Object();

  @GuardedBy("lock")
  private final transient Map<UdpAddress, UsmTimeTable> tables =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UdpAddress, UsmTimeTable> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Knows no engine but the own one.
   *
   * @param local id of the own one
   */
  EngineTimes(OctetString local) {
    super(local, 0);
    this.local = local;
  }

  private UsmTimeTable table() {
    synchronized (lock) {
      return tables.computeIfAbsent(PEER.get(), _ -> new UsmTimeTable(local, 0));
    }
  }

  /** Forgets the engines at an address. */
  void forget(UdpAddress address) {
    synchronized (lock) {
      tables.remove(address);
    }
  }

  @Override
  public void addEntry(UsmTimeEntry entry) {
    table().addEntry(entry);
  }

  @Override
  public UsmTimeEntry getEntry(OctetString engine) {
    return table().getEntry(engine);
  }

  @Override
  public synchronized UsmTimeEntry getTime(OctetString engine) {
    return table().getTime(engine);
  }

  @Override
  public void removeEntry(OctetString engine) {
    table().removeEntry(engine);
  }

  @Override
  public synchronized int checkEngineID(
      OctetString engine, boolean discovery, int boots, int time) {
    return table().checkEngineID(engine, discovery, boots, time);
  }

  @Override
  public synchronized int checkTime(UsmTimeEntry entry) {
    return table().checkTime(entry);
  }
}
