package io.argos.deploy.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro data as JSON for people: times in ISO-8601, bytes in hex, no union wrappers, and the
 * counters of a column as the unsigned numbers they are.
 */
public final class AvroJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String COLUMN = "io.argos.schemas.Column";

  private AvroJson() {}

  /** A record, generic or generated. */
  public static ObjectNode of(IndexedRecord record) {
    return record(record);
  }

  static JsonNode of(Schema schema, @Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    return switch (schema.getType()) {
      case UNION ->
          of(schema.getTypes().get(GenericData.get().resolveUnion(schema, plain(value))), value);
      case RECORD -> record((IndexedRecord) value);
      case ARRAY -> array(schema.getElementType(), (Collection<?>) value, false);
      case MAP -> map(schema.getValueType(), (Map<?, ?>) value);
      case LONG -> number(schema, value);
      case INT -> NODES.numberNode((Integer) value);
      case FLOAT -> NODES.numberNode((Float) value);
      case DOUBLE -> NODES.numberNode((Double) value);
      case BOOLEAN -> NODES.booleanNode((Boolean) value);
      case BYTES -> NODES.textNode(hex((ByteBuffer) value));
      case FIXED -> NODES.textNode(HexFormat.of().formatHex(((GenericFixed) value).bytes()));
      case STRING, ENUM -> NODES.textNode(value.toString());
      case NULL -> NODES.nullNode();
    };
  }

  /** Unions are resolved by the type that is written. */
  private static Object plain(Object value) {
    return value instanceof Instant time ? (Object) time.toEpochMilli() : value;
  }

  private static ObjectNode record(IndexedRecord record) {
    var schema = record.getSchema();
    boolean counter =
        schema.getFullName().equals(COLUMN)
            && "COUNTER".equals(String.valueOf(record.get(schema.getField("kind").pos())));
    var node = NODES.objectNode();
    for (var field : schema.getFields()) {
      var value = record.get(field.pos());
      boolean unsigned = counter && field.name().equals("longs") && value != null;
      node.set(
          field.name(),
          unsigned
              ? array(field.schema().getElementType(), (Collection<?>) value, true)
              : of(field.schema(), value));
    }
    return node;
  }

  private static ArrayNode array(Schema element, Collection<?> values, boolean unsigned) {
    var node = NODES.arrayNode(values.size());
    for (var value : values) {
      node.add(
          unsigned
              ? NODES.numberNode(new BigInteger(Long.toUnsignedString((Long) value)))
              : of(element, value));
    }
    return node;
  }

  private static ObjectNode map(Schema element, Map<?, ?> values) {
    var node = NODES.objectNode();
    values.entrySet().stream()
        .sorted(java.util.Comparator.comparing(entry -> entry.getKey().toString()))
        .forEach(entry -> node.set(entry.getKey().toString(), of(element, entry.getValue())));
    return node;
  }

  private static JsonNode number(Schema schema, Object value) {
    if (value instanceof Instant time) {
      return NODES.textNode(time.toString());
    }
    long number = (Long) value;
    return switch (schema.getLogicalType()) {
      case LogicalTypes.TimestampMillis _ ->
          NODES.textNode(Instant.ofEpochMilli(number).toString());
      case LogicalTypes.TimestampMicros _ ->
          NODES.textNode(Instant.EPOCH.plusNanos(Math.multiplyExact(number, 1000L)).toString());
      case null, default -> NODES.numberNode(number);
    };
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
