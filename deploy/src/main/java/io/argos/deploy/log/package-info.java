/** Logging of the program: text or JSON lines on stderr, set up from the command line alone. */
@NullMarked
package io.argos.deploy.log;

import org.jspecify.annotations.NullMarked;
