/**
 * What is known of a run under faults, and pure functions that find in it what must not be: slots
 * without a poll, polls that overlap, jobs without an outcome, epochs that fall.
 */
@NullMarked
package io.argos.deploy.faults.ledger;

import org.jspecify.annotations.NullMarked;
