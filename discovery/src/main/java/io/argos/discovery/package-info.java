/** The discovery service: finds resources. */
@NullMarked
package io.argos.discovery;

import org.jspecify.annotations.NullMarked;
