/**
 * Typed configuration: records bound from YAML, with every problem reported at once by file and
 * line.
 */
@NullMarked
package io.argos.config;

import org.jspecify.annotations.NullMarked;
