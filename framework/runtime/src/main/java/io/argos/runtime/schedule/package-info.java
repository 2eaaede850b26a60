/**
 * When work is due and who is told: slots, targets, jobs and the leader's loop that emits them
 * ahead of time.
 */
@NullMarked
package io.argos.runtime.schedule;

import org.jspecify.annotations.NullMarked;
