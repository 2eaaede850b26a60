/** The way of results to Kafka: one bounded producer and the records that stages publish. */
@NullMarked
package io.argos.runtime.result;

import org.jspecify.annotations.NullMarked;
