/** What is alive, ready and started, with reasons. */
@NullMarked
package io.argos.runtime.health;

import org.jspecify.annotations.NullMarked;
