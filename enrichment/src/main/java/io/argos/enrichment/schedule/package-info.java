/** The targets of enrichment, and the end of what is no more. */
@NullMarked
package io.argos.enrichment.schedule;

import org.jspecify.annotations.NullMarked;
