package io.argos.deploy.topic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.serde.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One record of a topic as a JSON object: where it stands, its key and headers, and the value
 * decoded by the schema it was written with. A value that cannot be decoded is shown as text, or in
 * hex, with the reason.
 */
public final class RecordJson {
  private final SchemaIds schemas;
  private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

  public RecordJson(SchemaIds schemas) {
    this.schemas = schemas;
  }

  /**
   * The record.
   *
   * @throws SchemaException when the registry is out of reach
   */
  public ObjectNode of(ConsumerRecord<byte[], byte[]> record) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("topic", record.topic())
            .put("partition", record.partition())
            .put("offset", record.offset())
            .put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
    node.put(
        "key", record.key() == null ? null : text(record.key()).orElseGet(() -> hex(record.key())));
    var headers = node.putObject("headers");
    for (var header : record.headers()) {
      var value = header.value();
      headers.put(header.key(), value == null ? null : text(value).orElseGet(() -> hex(value)));
    }
    value(record.value(), node);
    return node;
  }

  private void value(byte @org.jspecify.annotations.Nullable [] bytes, ObjectNode node) {
    if (bytes == null) {
      node.putNull("value");
      return;
    }
    try {
      var record = decode(bytes);
      node.put("type", record.getSchema().getName());
      node.set("value", AvroJson.of(record));
    } catch (Undecodable e) {
      node.put("undecoded", e.getMessage());
      text(bytes)
          .ifPresentOrElse(text -> node.put("text", text), () -> node.put("hex", hex(bytes)));
    }
  }

  private static final class Undecodable extends Exception {
    private static final long serialVersionUID = 1L;

    Undecodable(String message) {
      super(message, null, false, false);
    }
  }

  private GenericRecord decode(byte[] bytes) throws Undecodable {
    if (!WireFormat.isFramed(bytes)) {
      throw new Undecodable("does not begin with a zero byte and a schema id");
    }
    int id = WireFormat.schemaId(bytes);
    try {
      var reader = readers.get(id);
      if (reader == null) {
        reader = new GenericDatumReader<>(schemas.schemaOf(id));
        readers.put(id, reader);
      }
      var decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, WireFormat.HEADER, bytes.length - WireFormat.HEADER, null);
      var record = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new Undecodable("bytes are left behind the " + record.getSchema().getName());
      }
      return record;
    } catch (SchemaException e) {
      if (e.reason() == SchemaException.Reason.UNREACHABLE) {
        throw e;
      }
      throw new Undecodable("schema " + id + " is not known to the registry");
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      throw new Undecodable("does not fit schema " + id + ": " + e.getMessage());
    }
  }

  /** Bytes that are UTF-8 text without control characters but line ends and tabs. */
  private static Optional<String> text(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text)
          .filter(each ->
              each.chars().noneMatch(c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0));
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
