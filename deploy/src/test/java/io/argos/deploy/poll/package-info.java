@NullMarked
package io.argos.deploy.poll;

import org.jspecify.annotations.NullMarked;
