/**
 * Argos tried out: simulated devices, everything in one process, and what becomes of it, step by
 * step.
 */
@NullMarked
package io.argos.deploy.quickstart;

import org.jspecify.annotations.NullMarked;
