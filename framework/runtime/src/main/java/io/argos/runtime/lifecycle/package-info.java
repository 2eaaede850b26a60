/** Starting in order and closing in reverse order, each step bounded in time. */
@NullMarked
package io.argos.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
