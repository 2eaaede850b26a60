/** One poll of one device with nothing running, and what it tells. */
@NullMarked
package io.argos.deploy.poll;

import org.jspecify.annotations.NullMarked;
