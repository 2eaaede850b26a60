/** The profile format: reading, merging and checking YAML files into compiled profiles. */
@NullMarked
package io.argos.profile.format;

import org.jspecify.annotations.NullMarked;
