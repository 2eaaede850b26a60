/** What an agent does with a job of enrichment. */
@NullMarked
package io.argos.enrichment.run;

import org.jspecify.annotations.NullMarked;
