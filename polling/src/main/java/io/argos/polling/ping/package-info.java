/** Whether a machine answers at all, asked with the system's {@code ping}. */
@NullMarked
package io.argos.polling.ping;

import org.jspecify.annotations.NullMarked;
