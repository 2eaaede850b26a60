/** SNMP behind a small wall: one call takes a whole plan and returns primitive columns. */
@NullMarked
package io.argos.snmp;

import org.jspecify.annotations.NullMarked;
