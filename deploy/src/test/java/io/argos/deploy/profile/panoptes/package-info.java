@NullMarked
package io.argos.deploy.profile.panoptes;

import org.jspecify.annotations.NullMarked;
