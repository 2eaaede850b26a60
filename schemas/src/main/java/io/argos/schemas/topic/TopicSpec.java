package io.argos.schemas.topic;

import java.time.Duration;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic as it must exist.
 *
 * @param name full name
 * @param key what the key is, in words
 * @param partitions count of partitions
 * @param cleanup how it is cleaned
 * @param retention how long records stay; empty for a compacted topic
 * @param record type of the values; empty for dead letters, whose values are what could not be read
 * @param writer who writes it
 * @param doc what it holds, in one sentence
 */
public record TopicSpec(
    String name,
    String key,
    int partitions,
    Cleanup cleanup,
    Optional<Duration> retention,
    Optional<Class<? extends SpecificRecord>> record,
    String writer,
    String doc) {}
