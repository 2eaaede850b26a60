/** Discovery by asking every address of some ranges over SNMP. */
@NullMarked
package io.argos.discovery.plugin.subnet;

import org.jspecify.annotations.NullMarked;
