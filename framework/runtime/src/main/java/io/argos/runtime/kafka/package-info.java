/** Kafka clients made from configuration, and the way to the dead letters. */
@NullMarked
package io.argos.runtime.kafka;

import org.jspecify.annotations.NullMarked;
