/** The language in which plugins say which resources they run on. */
@NullMarked
package io.argos.runtime.filter;

import org.jspecify.annotations.NullMarked;
