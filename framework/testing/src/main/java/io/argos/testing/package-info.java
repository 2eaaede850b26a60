/** Fakes and fixtures for tests and trials: clocks, a real SNMP daemon, a proxy that misbehaves. */
@NullMarked
package io.argos.testing;

import org.jspecify.annotations.NullMarked;
