/** The HTTP endpoint of a process: health and metrics. */
@NullMarked
package io.argos.runtime.http;

import org.jspecify.annotations.NullMarked;
