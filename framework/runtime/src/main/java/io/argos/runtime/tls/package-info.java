/** TLS from PEM files. */
@NullMarked
package io.argos.runtime.tls;

import org.jspecify.annotations.NullMarked;
