package io.argos.deploy.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.DimensionBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupJsonTest {
  private static final GroupBlock GROUP =
      new GroupBlock(
          "interface",
          "ports",
          Instant.parse("2026-01-02T03:04:05Z"),
          new RowBlock(
              new String[] {"a", "b", "c"},
              List.of(
                  new DimensionBlock(
                      "alias", new String[] {"up\u001b[2Jlink", "down"}, new int[] {1}))),
          List.of(
              new ColumnBlock(
                  "bits_in",
                  "bit",
                  ColumnKind.COUNTER,
                  new Values.Longs(new long[] {-1L, 7}),
                  new int[] {0},
                  64,
                  1),
              new ColumnBlock(
                  "celsius",
                  "Cel",
                  ColumnKind.GAUGE,
                  new Values.Longs(new long[] {-1L}),
                  new int[] {1, 2},
                  0,
                  1),
              ColumnBlock.gauge("load", "1", new Values.Doubles(new double[] {0.5, 1, 2}))));

  @Test
  void givesEachRowItsOwnValuesAndNoOthers() throws IOException {
    var json = GroupJson.of(GROUP);

    // Jackson tells integers from longs, which a reader cannot.
    assertThat(new ObjectMapper().readTree(json.path("rows").toString()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    [{"row": "a", "dimensions": {"alias": "up\\u001b[2Jlink"},
                      "values": {"celsius": -1, "load": 0.5}},
                     {"row": "b", "dimensions": {},
                      "values": {"bits_in": 18446744073709551615, "load": 1.0}},
                     {"row": "c", "dimensions": {"alias": "down"},
                      "values": {"bits_in": 7, "load": 2.0}}]
                    """));
  }

  @Test
  void printsRowsForAPersonAndEscapesWhatTheDeviceSent() {
    var out = new ByteArrayOutputStream();
    var document = new ObjectMapper().createObjectNode().put("endpoint", "h").put("status", "OK");
    document.putObject("profile").put("name", "p").put("because", "it fits");
    document.putArray("groups").add(GroupJson.of(GROUP));

    new PollText(new PrintStream(out, true, StandardCharsets.UTF_8)).print(document);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            endpoint       h
            status         OK
            profile        p, it fits

            GROUP interface, section ports, 3 rows
              a
                alias=up\\u001b[2Jlink
                celsius  -1 Cel
                load     0.5
              b
                bits_in  18446744073709551615 bit  counter
                load     1.0
              c
                alias=down
                bits_in  7 bit  counter
                load     2.0
            """);
  }
}
