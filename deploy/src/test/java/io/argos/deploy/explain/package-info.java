/** Tests of what is explained: a healthy way, and each step broken in it. */
@NullMarked
package io.argos.deploy.explain;

import org.jspecify.annotations.NullMarked;
