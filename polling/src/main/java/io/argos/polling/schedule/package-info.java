/** The targets of polling. */
@NullMarked
package io.argos.polling.schedule;

import org.jspecify.annotations.NullMarked;
