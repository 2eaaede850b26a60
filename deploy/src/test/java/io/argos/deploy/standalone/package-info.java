@NullMarked
package io.argos.deploy.standalone;

import org.jspecify.annotations.NullMarked;
