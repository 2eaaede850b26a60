/** Embedded servers, and every service beside them in one process. */
@NullMarked
package io.argos.deploy.standalone;

import org.jspecify.annotations.NullMarked;
