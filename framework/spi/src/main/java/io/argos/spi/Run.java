package io.argos.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * The execution that a plugin is part of.
 *
 * @param jobId id of the job, 128-bit hex
 * @param dueAt when the job was due
 * @param startedAt when it started
 * @param deadline when the platform interrupts it
 * @param interval interval of the plugin
 */
public record Run(
    String jobId, Instant dueAt, Instant startedAt, Instant deadline, Duration interval) {}
