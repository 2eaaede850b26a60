@NullMarked
package io.argos.deploy.command;

import org.jspecify.annotations.NullMarked;
