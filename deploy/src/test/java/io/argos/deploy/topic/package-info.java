@NullMarked
package io.argos.deploy.topic;

import org.jspecify.annotations.NullMarked;
