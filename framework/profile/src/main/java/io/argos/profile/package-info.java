/**
 * Device profiles at work: which one fits a device, what to read of it, and what its answers mean.
 */
@NullMarked
package io.argos.profile;

import org.jspecify.annotations.NullMarked;
