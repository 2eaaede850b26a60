/**
 * What the services of all stages have in common: their shell, their links to the servers, their
 * targets and gates.
 */
@NullMarked
package io.argos.runtime.stage;

import org.jspecify.annotations.NullMarked;
