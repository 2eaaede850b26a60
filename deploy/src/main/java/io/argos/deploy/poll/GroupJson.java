package io.argos.deploy.poll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.DimensionBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A group row by row: what is a column on the wire becomes a value of each row. */
final class GroupJson {
  private GroupJson() {}

  static ObjectNode of(GroupBlock group) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("section", group.section()).put("name", group.name());
    json.put("sampledAt", group.sampledAt().toString());
    ArrayNode columns = json.putArray("columns");
    for (ColumnBlock column : group.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("unit", column.unit())
          .put("kind", column.kind().name());
    }
    ArrayNode rows = json.putArray("rows");
    List<ObjectNode> dimensions = new ArrayList<>();
    List<ObjectNode> values = new ArrayList<>();
    for (String key : group.rows().rowKeys()) {
      ObjectNode row = rows.addObject().put("row", key);
      dimensions.add(row.putObject("dimensions"));
      values.add(row.putObject("values"));
    }
    for (DimensionBlock dimension : group.rows().dimensions()) {
      eachPresent(
          rows.size(),
          dimension.absent(),
          (row, at) -> dimensions.get(row).put(dimension.name(), dimension.values()[at]));
    }
    for (ColumnBlock column : group.columns()) {
      eachPresent(
          rows.size(),
          column.absent(),
          (row, at) -> values.get(row).set(column.name(), value(column, at)));
    }
    return json;
  }

  private static JsonNode value(ColumnBlock column, int at) {
    return switch (column.values()) {
      case Values.Longs(var longs) ->
          // A counter is unsigned.
          longs[at] < 0 && column.kind() == ColumnKind.COUNTER
              ? BigIntegerNode.valueOf(new BigInteger(Long.toUnsignedString(longs[at])))
              : LongNode.valueOf(longs[at]);
      case Values.Doubles(var doubles) -> DoubleNode.valueOf(doubles[at]);
      case Values.Strings(var strings) -> TextNode.valueOf(strings[at]);
    };
  }

  /** Calls with each row that has a value, and where in the dense array that value is. */
  private static void eachPresent(int rows, int[] absent, BiConsumer<Integer, Integer> user) {
    int gone = 0;
    for (int row = 0; row < rows; row++) {
      if (gone < absent.length && absent[gone] == row) {
        gone++;
      } else {
        user.accept(row, row - gone);
      }
    }
  }
}
