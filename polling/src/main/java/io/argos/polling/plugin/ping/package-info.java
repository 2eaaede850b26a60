/** Polling of round trips with ping. */
@NullMarked
package io.argos.polling.plugin.ping;

import org.jspecify.annotations.NullMarked;
