/**
 * What the topologies share: records are read as bytes, refused ones go to dead letters in the same
 * transaction, a fold turns each record into effects, and the effects are applied together.
 */
@NullMarked
package io.argos.manager.stream;

import org.jspecify.annotations.NullMarked;
