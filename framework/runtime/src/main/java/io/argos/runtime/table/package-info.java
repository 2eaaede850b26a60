/** Compacted topics held in memory as tables. */
@NullMarked
package io.argos.runtime.table;

import org.jspecify.annotations.NullMarked;
