/** The commands of {@code argos}: options, output, exit codes. One class for each command. */
@NullMarked
package io.argos.deploy.command;

import org.jspecify.annotations.NullMarked;
