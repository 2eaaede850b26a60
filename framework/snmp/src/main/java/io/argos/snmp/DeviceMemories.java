package io.argos.snmp;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the devices taught, of those asked most recently. Belongs to one thread. */
final class DeviceMemories {
  private static final int MOST = 1 << 16;
  private final Map<InetSocketAddress, DeviceMemory> memories =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, DeviceMemory> eldest) {
          return size() > MOST;
        }
      };

  DeviceMemory of(InetSocketAddress address) {
    return memories.computeIfAbsent(address, _ -> new DeviceMemory());
  }
}
