/**
 * Proves on real processes that no single failure costs a poll: does harm to an estate, and checks
 * afterwards what the devices, the topics and the logs tell.
 */
@NullMarked
package io.argos.deploy.faults;

import org.jspecify.annotations.NullMarked;
