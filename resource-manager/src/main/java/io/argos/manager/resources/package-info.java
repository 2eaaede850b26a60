/** The topology that decides who exists: identity, runs of sources, removal and time to live. */
@NullMarked
package io.argos.manager.resources;

import org.jspecify.annotations.NullMarked;
