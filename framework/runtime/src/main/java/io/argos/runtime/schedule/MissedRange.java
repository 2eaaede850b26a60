package io.argos.runtime.schedule;

/**
 * Slots of a target that nobody emitted in time.
 *
 * @param target the target
 * @param from time after which the first of them is due
 * @param to time at or before which the last of them is due
 */
record MissedRange(Target target, long from, long to) {}
