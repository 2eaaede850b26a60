package io.argos.profile;

import io.argos.profile.format.Profile;
import java.util.List;

/** Which profile fits a device. */
public sealed interface Matching {
  /**
   * One fits best.
   *
   * @param profile the profile
   * @param reason what of its rule held, for a reader
   */
  record Match(Profile profile, String reason) implements Matching {}

  /**
   * Several fit equally well.
   *
   * @param profiles their names
   * @param reason one sentence that names them
   */
  record Ambiguous(List<String> profiles, String reason) implements Matching {
    public Ambiguous {
      profiles = List.copyOf(profiles);
    }
  }

  /** None fits. */
  record None() implements Matching {}
}
