/** The resource-manager: its entry point, its wiring and what runs the topologies. */
@NullMarked
package io.argos.manager;

import org.jspecify.annotations.NullMarked;
