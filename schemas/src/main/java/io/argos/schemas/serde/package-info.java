/** Avro records in Confluent's wire format, with a cached client of the schema registry. */
@NullMarked
package io.argos.schemas.serde;

import org.jspecify.annotations.NullMarked;
