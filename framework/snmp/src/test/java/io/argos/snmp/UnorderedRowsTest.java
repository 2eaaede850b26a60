package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents that give the rows of a table in an order of their own. */
class UnorderedRowsTest {
  private static final Oid COLUMN = Oid.parse("1.3.6.1.4.1.99999.1.1.1");
  private static final SnmpCredential V2C =
      new SnmpCredential.V2c(new Secret("lab", Map.of("community", "public")));
  private static final SnmpLimits STRICT = new SnmpLimits(Duration.ofSeconds(2), 0, 3, 1, 50);

  private final SnmpEngine engine =
      SnmpEngine.open(new SnmpConfig(Duration.ofSeconds(2), 0, 3, 1, 50, 0, 1));

  @AfterEach
  void close() {
    engine.close();
  }

  /** Leads from each row to the next in a list, and from the last one to another column. */
  private static ScriptedAgent agent(int... rows) throws IOException {
    return new ScriptedAgent((request, peer) -> {
      List<Varbind> bindings = new ArrayList<>();
      ObjectId at = request.varbinds().getFirst().oid();
      for (int i = 0; i < request.errorIndex(); i++) {
        at = after(at, rows);
        bindings.add(new Varbind(at, value(at)));
      }
      peer.send(request.respond(0, 0, bindings));
    });
  }

  private static ObjectId after(ObjectId at, int... rows) {
    ObjectId column = ObjectId.parse(COLUMN.toString());
    if (at.equals(column)) {
      return column.append(rows[0]);
    }
    for (int i = 0; i + 1 < rows.length; i++) {
      if (at.equals(column.append(rows[i]))) {
        return column.append(rows[i + 1]);
      }
    }
    return ObjectId.parse("1.3.6.1.4.1.99999.1.1.2.1");
  }

  private static Value value(ObjectId oid) {
    String text = oid.toString();
    long row = Long.parseLong(text.substring(text.lastIndexOf('.') + 1));
    return row % 2 == 0 ? Value.text("row " + row) : Value.gauge32(row);
  }

  private SnmpReply walk(ScriptedAgent agent, SnmpLimits limits) throws Exception {
    return engine
        .read(new SnmpTarget(agent.address(), V2C, limits), SnmpPlan.of(List.of(), List.of(COLUMN)))
        .get(60, TimeUnit.SECONDS);
  }

  private static int[] indexes(SnmpReply reply) {
    SnmpColumn column = reply.values().get(COLUMN);
    return Arrays.stream(column.indexes()).mapToInt(index -> index[0]).toArray();
  }

  @Test
  void endTheWalkWhereNobodySaysThatTheyMay() throws Exception {
    try (ScriptedAgent agent = agent(1, 5, 2, 9)) {
      SnmpReply reply = walk(agent, STRICT);

      assertThat(reply.failure().orElseThrow().detail()).contains("a loop in " + COLUMN);
      assertThat(indexes(reply)).containsExactly(1, 5);
      assertThat(engine.counters().cut()).isEqualTo(1);
    }
  }

  @Test
  void areReadWholeAndPutInOrderWhereTheProfileSaysSo() throws Exception {
    try (ScriptedAgent agent = agent(1, 5, 2, 8, 4, 9, 3)) {
      SnmpReply reply = walk(agent, STRICT.inAnyOrder());

      assertThat(reply.failure()).isEmpty();
      assertThat(indexes(reply)).containsExactly(1, 2, 3, 4, 5, 8, 9);
      SnmpColumn column = reply.values().get(COLUMN);
      assertThat(column.complete()).isTrue();
      for (int row = 0; row < column.size(); row++) {
        int index = column.indexes()[row][0];
        assertThat(column.find(new int[] {index})).isEqualTo(row);
        assertThat(column.types()[row])
            .isEqualTo(index % 2 == 0 ? SnmpType.OCTETS : SnmpType.GAUGE32);
        if (index % 2 == 0) {
          assertThat(column.octets()[row]).asString().isEqualTo("row " + index);
        } else {
          assertThat(column.numbers()[row]).isEqualTo(index);
        }
      }
      assertThat(engine.counters().cut()).isZero();
    }
  }

  @Test
  void areALoopAllTheSameWhereOneComesAgain() throws Exception {
    try (ScriptedAgent agent = agent(4, 2, 7, 4, 2)) {
      SnmpReply reply = walk(agent, STRICT.inAnyOrder());

      assertThat(reply.failure().orElseThrow().detail())
          .contains("a loop in " + COLUMN + ": row 4 comes after row 7");
      assertThat(indexes(reply)).containsExactly(2, 4, 7);
      assertThat(reply.values().get(COLUMN).complete()).isFalse();
      assertThat(engine.counters().cut()).isEqualTo(1);
    }
  }

  @Test
  void readNothingTwiceOfAnHonestTable() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) ->
            peer.send(
                ScriptedAgent.honest(
                    request, ScriptedAgent.table("1.3.6.1.4.1.99999.1.1", 2, 20))))) {
      SnmpReply reply = walk(agent, STRICT.inAnyOrder());

      assertThat(reply.failure()).isEmpty();
      assertThat(indexes(reply)).hasSize(20).isSorted();
      assertThat(agent.requests()).extracting(Message::errorIndex).containsOnly(3);
    }
  }
}
