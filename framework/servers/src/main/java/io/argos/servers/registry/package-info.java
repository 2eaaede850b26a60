/**
 * A schema registry: the part of Confluent's HTTP interface that clients and tools use, over a
 * compacted topic.
 */
@NullMarked
package io.argos.servers.registry;

import org.jspecify.annotations.NullMarked;
