/** The connection to ZooKeeper. */
@NullMarked
package io.argos.runtime.zookeeper;

import org.jspecify.annotations.NullMarked;
