package io.argos.profile.proof;

import java.util.Optional;

/**
 * A recording and what is expected of it.
 *
 * @param name name of its folder: that of the profile, or of the profile and a variant
 * @param origin where it is, for a reader
 * @param shipped true when it ships with the profiles, which alone have to satisfy it
 * @param recording the text of the recording, a character for each octet
 * @param expected the text of the expected groups; empty when none are told yet
 */
public record ProofCase(
    String name, String origin, boolean shipped, String recording, Optional<String> expected) {}
