/** The receiving side of SNMP: traps and informs of every version. */
@NullMarked
package io.argos.snmp.trap;

import org.jspecify.annotations.NullMarked;
