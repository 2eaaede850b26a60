/** The servers of an estate, each killed, frozen, cut off and started again by tests. */
@NullMarked
package io.argos.deploy.faults.servers;

import org.jspecify.annotations.NullMarked;
