/**
 * The Basic Encoding Rules of SNMPv1 and v2c messages, written apart from the client's codec so
 * that each tests the other.
 */
@NullMarked
package io.argos.testing.ber;

import org.jspecify.annotations.NullMarked;
