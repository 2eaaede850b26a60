/** Metric groups held as primitive columns, and their encoding without boxing. */
@NullMarked
package io.argos.schemas.columnar;

import org.jspecify.annotations.NullMarked;
