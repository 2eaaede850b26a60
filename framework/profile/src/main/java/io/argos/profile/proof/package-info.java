/** The proof of profiles: recordings replayed through matching, enrichment and polling. */
@NullMarked
package io.argos.profile.proof;

import org.jspecify.annotations.NullMarked;
