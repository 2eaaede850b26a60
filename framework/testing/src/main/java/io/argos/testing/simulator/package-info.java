/** Honest UDP SNMP agents in thousands, with contents and faults on demand. */
@NullMarked
package io.argos.testing.simulator;

import org.jspecify.annotations.NullMarked;
