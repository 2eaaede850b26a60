/** What an agent does with a job of discovery. */
@NullMarked
package io.argos.discovery.run;

import org.jspecify.annotations.NullMarked;
