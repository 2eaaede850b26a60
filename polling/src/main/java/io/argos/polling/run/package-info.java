/** What an agent does with a job of polling. */
@NullMarked
package io.argos.polling.run;

import org.jspecify.annotations.NullMarked;
