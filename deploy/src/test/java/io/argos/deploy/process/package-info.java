/** Services as processes, the devices they poll, their settings and their topics, for tests. */
@NullMarked
package io.argos.deploy.process;

import org.jspecify.annotations.NullMarked;
