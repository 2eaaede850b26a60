@NullMarked
package io.argos.deploy.log;

import org.jspecify.annotations.NullMarked;
