/** The {@code argos} program. */
@NullMarked
package io.argos.deploy;

import org.jspecify.annotations.NullMarked;
