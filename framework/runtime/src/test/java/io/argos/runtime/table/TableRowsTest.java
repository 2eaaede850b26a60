package io.argos.runtime.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Epoch;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableRowsTest {
  private static final TableEntry.Place PLACE = new TableEntry.Place(0, 0, 0);

  private final LocalSchemas schemas = new LocalSchemas();
  private final RecordWriter<Epoch> writer = new RecordWriter<>(schemas, "t", Epoch.class);
  private final TableRows<Epoch> rows = new TableRows<>(new RecordReader<>(schemas, Epoch.class));

  private byte[] bytes(long number, String instance) {
    return writer.write(
        Epoch.newBuilder()
            .setStage("polling")
            .setEpoch(number)
            .setLeader(instance)
            .setAt(Instant.EPOCH)
            .build());
  }

  @Test
  void decodesASmallRowOnce() {
    rows.put("a", bytes(1, "one"), PLACE);

    assertThat(rows.find("a").orElseThrow()).isSameAs(rows.find("a").orElseThrow());
    assertThat(rows.decodedRows()).isEqualTo(1);
  }

  @Test
  void decodesANewValueAnew() {
    rows.put("a", bytes(1, "one"), PLACE);
    rows.find("a");

    assertThat(rows.put("a", bytes(2, "two"), PLACE).orElseThrow().getEpoch()).isEqualTo(1);
    assertThat(rows.find("a").orElseThrow().getEpoch()).isEqualTo(2);
    assertThat(rows.decodedRows()).isEqualTo(1);
  }

  @Test
  void keepsNothingOfRowsThatGo() {
    rows.put("a", bytes(1, "one"), PLACE);
    rows.put("b", bytes(2, "two"), new TableEntry.Place(1, 0, 0));
    rows.find("a");
    rows.find("b");

    rows.remove("a");
    rows.drop(1);

    assertThat(rows.find("a")).isEmpty();
    assertThat(rows.find("b")).isEmpty();
    assertThat(rows.decodedRows()).isZero();
  }

  @Test
  void keepsLargeRowsEncoded() {
    rows.put("a", bytes(1, "x".repeat(5000)), PLACE);

    assertThat(rows.find("a")).isPresent();
    assertThat(rows.decodedRows()).isZero();
  }
}
