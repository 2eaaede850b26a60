/** Plugin instances: their settings checked, their filters read, their plugins made. */
@NullMarked
package io.argos.runtime.plugin;

import org.jspecify.annotations.NullMarked;
