@NullMarked
package io.argos.config;

import org.jspecify.annotations.NullMarked;
