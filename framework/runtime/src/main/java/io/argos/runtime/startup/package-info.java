/** Waiting for what a service needs before it may work. */
@NullMarked
package io.argos.runtime.startup;

import org.jspecify.annotations.NullMarked;
