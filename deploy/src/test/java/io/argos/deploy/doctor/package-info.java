/** Tests of the checks of an installation. */
@NullMarked
package io.argos.deploy.doctor;

import org.jspecify.annotations.NullMarked;
