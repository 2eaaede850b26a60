/** Polling of devices over SNMP, by their profiles. */
@NullMarked
package io.argos.polling.plugin.snmp;

import org.jspecify.annotations.NullMarked;
