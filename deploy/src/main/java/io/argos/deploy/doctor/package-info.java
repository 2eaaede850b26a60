/** Whether an installation is well: servers, topics, leaders, clocks, secrets, agents, flow. */
@NullMarked
package io.argos.deploy.doctor;

import org.jspecify.annotations.NullMarked;
