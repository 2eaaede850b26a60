package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestTableTest {
  @Test
  void findsWhatAMapFinds() {
    long seed = new Random().nextLong();
    System.out.println("RequestTableTest seed=" + seed);
    Random random = new Random(seed);
    RequestTable table = new RequestTable();
    Map<Integer, Request> expected = new HashMap<>();
    for (int round = 0; round < 50_000; round++) {
      // Few ids of few homes, so that they collide; more puts than removals, so that it grows.
      int id = random.nextInt(4000) << 12;
      Request known = expected.get(id);
      if (known == null) {
        Request request = RequestFixture.request(id);
        expected.put(id, request);
        table.put(request);
      } else if (random.nextInt(3) > 0) {
        expected.remove(id);
        table.remove(known);
      }
      int asked = random.nextInt(4000) << 12;
      assertThat(table.find(asked)).as("seed %d", seed).isSameAs(expected.get(asked));
    }
    for (Request request : List.copyOf(expected.values())) {
      table.remove(request);
      table.remove(request);
    }
    assertThat(table.size()).isZero();
  }
}
