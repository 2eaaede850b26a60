/** Captures what a device answers into a recording. */
@NullMarked
package io.argos.deploy.capture;

import org.jspecify.annotations.NullMarked;
