/** The estate under fault: servers, devices and services, and the reading of what they leave. */
@NullMarked
package io.argos.deploy.faults.cluster;

import org.jspecify.annotations.NullMarked;
