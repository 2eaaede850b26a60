package io.argos.spi;

/**
 * An expected failure.
 *
 * @param cause kind of failure
 * @param detail one sentence for a reader, without secrets
 */
public record Failure(Cause cause, String detail) {}
