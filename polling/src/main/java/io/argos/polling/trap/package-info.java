/** Traps and informs: from the datagram to the event, and the poll that it asks for. */
@NullMarked
package io.argos.polling.trap;

import org.jspecify.annotations.NullMarked;
