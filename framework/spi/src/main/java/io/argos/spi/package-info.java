/**
 * What a plugin author compiles against. Plugins write blocking code; the platform bounds, paces
 * and isolates it.
 */
@NullMarked
package io.argos.spi;

import org.jspecify.annotations.NullMarked;
