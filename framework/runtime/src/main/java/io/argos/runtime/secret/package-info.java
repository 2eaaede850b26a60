/** Secrets in Redis, each in an envelope that only the key file opens. */
@NullMarked
package io.argos.runtime.secret;

import org.jspecify.annotations.NullMarked;
