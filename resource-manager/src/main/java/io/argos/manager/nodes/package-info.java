/** The topology that tells the live state of each node. */
@NullMarked
package io.argos.manager.nodes;

import org.jspecify.annotations.NullMarked;
