/**
 * The servers that Argos needs, for one machine and for tests: on loopback only, with all data
 * under one folder.
 */
@NullMarked
package io.argos.servers;

import org.jspecify.annotations.NullMarked;
