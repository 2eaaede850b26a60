@NullMarked
package io.argos.deploy.profile;

import org.jspecify.annotations.NullMarked;
