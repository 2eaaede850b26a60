/** The topology that turns counters into rates. */
@NullMarked
package io.argos.manager.metrics;

import org.jspecify.annotations.NullMarked;
