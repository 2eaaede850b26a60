package io.argos.schemas.columnar;

import io.argos.schemas.Derived;
import io.argos.schemas.PollResult;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.serde.WireFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes {@code PollResult} records straight from primitive columns, byte for byte as the generated
 * class would, in Confluent's wire format. A poll above the size bound becomes several parts, split
 * between rows; a single row above it goes out whole. Safe for use by any thread.
 */
public final class PollRecordEncoder {
  /** Bound of a record's size in bytes. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final String STATUS = "status";
  private static final int TYPICAL_BYTES = 32 * 1024;
  private static final byte[] NO_HEADER = new byte[WireFormat.HEADER];

  private final SchemaIds ids;
  private final String subject;
  private final int maxBytes;

  /** An encoder of records for a topic, with the usual bound. */
  public PollRecordEncoder(SchemaIds ids, String topic) {
    this(ids, topic, MAX_BYTES);
  }

  PollRecordEncoder(SchemaIds ids, String topic, int maxBytes) {
    this.ids = ids;
    this.subject = SchemaIds.subjectOf(topic);
    this.maxBytes = maxBytes;
  }

  /**
   * The records of one poll, in the order of their parts.
   *
   * @throws io.argos.schemas.serde.SchemaException when the schema is not registered for the topic
   */
  public List<byte[]> encode(PollHeader header, List<GroupBlock> groups) {
    int schemaId = ids.idOf(subject, PollResult.getClassSchema());
    AvroBuffer whole = new AvroBuffer(TYPICAL_BYTES);
    writeStart(whole, header, 0, 1);
    whole.writeArrayStart(groups.size());
    for (GroupBlock group : groups) {
      writeGroup(whole, group);
    }
    whole.writeArrayEnd();
    if (whole.size() <= maxBytes) {
      return List.of(framed(whole, schemaId));
    }
    return split(header, groups, schemaId);
  }

  private List<byte[]> split(PollHeader header, List<GroupBlock> groups, int schemaId) {
    AvroBuffer start = new AvroBuffer(1024);
    writeStart(start, header, 0, 1);
    int room = maxBytes - start.size() - 3 * Integer.BYTES;
    // The status group belongs to part 0, wherever it stood.
    List<GroupBlock> ordered =
        groups.stream()
            .sorted(Comparator.comparing((GroupBlock group) -> !group.name().equals(STATUS)))
            .toList();
    List<List<AvroBuffer>> parts = new ArrayList<>();
    parts.add(new ArrayList<>());
    int used = 0;
    for (GroupBlock group : ordered) {
      for (AvroBuffer piece : piecesOf(group, room)) {
        if (used > 0 && used + piece.size() > room) {
          parts.add(new ArrayList<>());
          used = 0;
        }
        parts.getLast().add(piece);
        used += piece.size();
      }
    }
    List<byte[]> records = new ArrayList<>();
    for (List<AvroBuffer> part : parts) {
      AvroBuffer record = new AvroBuffer(maxBytes);
      writeStart(record, header, records.size(), parts.size());
      record.writeArrayStart(part.size());
      part.forEach(record::writeRaw);
      record.writeArrayEnd();
      records.add(framed(record, schemaId));
    }
    return records;
  }

  private static List<AvroBuffer> piecesOf(GroupBlock group, int room) {
    AvroBuffer piece = new AvroBuffer(TYPICAL_BYTES);
    writeGroup(piece, group);
    int rows = group.rows().size();
    if (piece.size() <= room || rows <= 1) {
      return List.of(piece);
    }
    List<AvroBuffer> pieces = new ArrayList<>(piecesOf(group.slice(0, rows / 2), room));
    pieces.addAll(piecesOf(group.slice(rows / 2, rows), room));
    return pieces;
  }

  private static byte[] framed(AvroBuffer record, int schemaId) {
    byte[] bytes = record.toByteArray();
    WireFormat.writeHeader(bytes, schemaId);
    return bytes;
  }

  private static void writeStart(AvroBuffer out, PollHeader header, int part, int parts) {
    out.writeRaw(NO_HEADER);
    out.writeString(header.pollId());
    out.writeString(header.resourceId());
    out.writeString(header.site());
    out.writeString(header.resourceClass());
    out.writeString(header.subclass());
    out.writeString(header.type());
    out.writeString(header.endpoint());
    out.writeMap(header.labels());
    out.writeString(header.plugin());
    writeOptional(out, header.profile());
    writeOptional(out, header.profileHash());
    writeTime(out, header.dueAt());
    writeTime(out, header.startedAt());
    writeTime(out, header.completedAt());
    out.writeLong(header.intervalMillis());
    out.writeLong(header.uptimeCentis().isPresent() ? 1 : 0);
    header.uptimeCentis().ifPresent(out::writeLong);
    out.writeLong(header.discontinuityAt().isPresent() ? 1 : 0);
    header.discontinuityAt().ifPresent(at -> writeTime(out, at));
    out.writeBoolean(header.enrichmentStale());
    out.writeString(header.agent());
    out.writeLong(part);
    out.writeLong(parts);
  }

  private static void writeOptional(AvroBuffer out, Optional<String> text) {
    out.writeLong(text.isPresent() ? 1 : 0);
    text.ifPresent(out::writeString);
  }

  private static void writeTime(AvroBuffer out, Instant time) {
    out.writeLong(time.toEpochMilli());
  }

  private static void writeGroup(AvroBuffer out, GroupBlock group) {
    out.writeString(group.name());
    out.writeString(group.section());
    writeTime(out, group.sampledAt());
    out.writeRaw(group.rows().encoded());
    out.writeArrayStart(group.columns().size());
    for (ColumnBlock column : group.columns()) {
      writeColumn(out, column);
    }
    out.writeArrayEnd();
    out.writeLong(0); // windowMillis: null
  }

  private static void writeColumn(AvroBuffer out, ColumnBlock column) {
    out.writeString(column.name());
    out.writeString(column.unit());
    out.writeLong(column.kind().ordinal());
    switch (column.values()) {
      case Values.Longs(var longs) -> {
        out.writeLongs(longs);
        out.writeArrayEnd();
        out.writeArrayEnd();
      }
      case Values.Doubles(var doubles) -> {
        out.writeArrayEnd();
        out.writeDoubles(doubles);
        out.writeArrayEnd();
      }
      case Values.Strings(var strings) -> {
        out.writeArrayEnd();
        out.writeArrayEnd();
        out.writeStrings(strings);
      }
    }
    out.writeInts(column.absent());
    out.writeLong(column.wrapBits());
    out.writeLong(column.scale());
    out.writeLong(Derived.NONE.ordinal());
    out.writeArrayEnd(); // reasons: none
  }
}
