/** What is done to the estate, a class for each kind of harm. */
@NullMarked
package io.argos.deploy.faults.scenario;

import org.jspecify.annotations.NullMarked;
