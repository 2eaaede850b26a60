package io.argos.schemas.serde;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** Ids given out within this process: for tests and tools that need no registry. */
public final class LocalSchemas implements SchemaIds {
  private final AtomicInteger last = new AtomicInteger();
  private final ConcurrentMap<Schema, Integer> ids = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, Schema> schemas = new ConcurrentHashMap<>();

  @Override
  public int idOf(String subject, Schema schema) {
    return ids.computeIfAbsent(
        schema,
        unknown -> {
          int id = last.incrementAndGet();
          schemas.put(id, unknown);
          return id;
        });
  }

  @Override
  public Schema schemaOf(int id) {
    Schema schema = schemas.get(id);
    if (schema == null) {
      throw new SchemaException(SchemaException.Reason.UNKNOWN, "no schema has the id " + id);
    }
    return schema;
  }
}
