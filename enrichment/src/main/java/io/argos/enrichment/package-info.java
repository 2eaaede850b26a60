/** The enrichment service: learns what changes slowly about resources. */
@NullMarked
package io.argos.enrichment;

import org.jspecify.annotations.NullMarked;
