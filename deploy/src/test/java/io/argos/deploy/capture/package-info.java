@NullMarked
package io.argos.deploy.capture;

import org.jspecify.annotations.NullMarked;
