/** The table of topics, the keys and ids of their records and the partition of a key. */
@NullMarked
package io.argos.schemas.topic;

import org.jspecify.annotations.NullMarked;
