package io.argos.profile.format;

/**
 * What is wrong with a profile.
 *
 * @param place where
 * @param message what, and what was expected
 */
public record Problem(Place place, String message) {
  @Override
  public String toString() {
    return place + ": " + message;
  }
}
