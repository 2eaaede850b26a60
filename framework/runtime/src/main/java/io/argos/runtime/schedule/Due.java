package io.argos.runtime.schedule;

/**
 * One slot of one target.
 *
 * @param target the target
 * @param dueAt when the slot is due
 * @param expireAt when the next slot is due, and this one no longer worth starting
 */
record Due(Target target, long dueAt, long expireAt) {}
