package io.argos.schemas.serde;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one type, written under any compatible schema. Safe for use by any thread. Bytes
 * that are no such record give {@link Decoded.Poison}; only a registry out of reach throws.
 */
public final class RecordReader<T extends SpecificRecord> {
  private final SchemaIds ids;
  private final Class<T> type;
  private final SpecificData data;
  private final ConcurrentMap<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();

  public RecordReader(SchemaIds ids, Class<T> type) {
    this.ids = ids;
    this.type = type;
    this.data = SpecificData.getForClass(type);
  }

  /**
   * The record in some bytes.
   *
   * @throws SchemaException with reason {@code UNREACHABLE} when the registry must be asked and
   *     does not answer; the bytes may be fine
   */
  public Decoded<T> read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return new Decoded.Poison<>(
          "there is no value where a " + type.getSimpleName() + " was expected");
    }
    if (!WireFormat.isFramed(bytes)) {
      return new Decoded.Poison<>(
          "%d bytes that do not begin with a zero byte and a schema id".formatted(bytes.length));
    }
    int id = WireFormat.schemaId(bytes);
    try {
      DatumReader<T> reader = readers.computeIfAbsent(id, this::readerOf);
      BinaryDecoder decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, WireFormat.HEADER, bytes.length - WireFormat.HEADER, null);
      T record = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        return new Decoded.Poison<>("bytes are left behind the " + type.getSimpleName());
      }
      return new Decoded.Value<>(record);
    } catch (SchemaException e) {
      if (e.reason() == SchemaException.Reason.UNREACHABLE) {
        throw e;
      }
      return new Decoded.Poison<>("schema " + id + " is not known to the registry");
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      return new Decoded.Poison<>(
          "not a %s of schema %d: %s".formatted(type.getSimpleName(), id, reasonOf(e)));
    }
  }

  private DatumReader<T> readerOf(int id) {
    Schema written = ids.schemaOf(id);
    Schema wanted = data.getSchema(type);
    if (!written.getFullName().equals(wanted.getFullName())) {
      throw new AvroRuntimeException("it is a " + written.getFullName());
    }
    return new SpecificDatumReader<>(written, wanted, data);
  }

  private static String reasonOf(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }
}
