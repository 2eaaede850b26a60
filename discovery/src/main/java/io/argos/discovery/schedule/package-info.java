/** The targets of discovery: its sources. */
@NullMarked
package io.argos.discovery.schedule;

import org.jspecify.annotations.NullMarked;
