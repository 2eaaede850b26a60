/** Profiles at the hands of a person: shown, drafted, brought over from elsewhere. */
@NullMarked
package io.argos.deploy.profile;

import org.jspecify.annotations.NullMarked;
