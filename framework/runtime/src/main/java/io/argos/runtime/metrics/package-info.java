/** The metrics of a process. */
@NullMarked
package io.argos.runtime.metrics;

import org.jspecify.annotations.NullMarked;
