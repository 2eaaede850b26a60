/**
 * What bad files, credentials and devices do to Argos: what is wrong is named, and nothing stops.
 */
@NullMarked
package io.argos.deploy.badinput;

import org.jspecify.annotations.NullMarked;
