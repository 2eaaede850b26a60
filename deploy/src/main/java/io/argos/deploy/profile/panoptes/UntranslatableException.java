package io.argos.deploy.profile.panoptes;

import java.util.Collection;

/** Something of a document that a profile cannot say; the message tells why. */
final class UntranslatableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isNothing;

  UntranslatableException(String message) {
    this(message, false);
  }

  private UntranslatableException(String message, boolean isNothing) {
    super(message);
    this.isNothing = isNothing;
  }

  /** For what has no value in the document either: nothing is lost with it. */
  static UntranslatableException nothing(String message) {
    return new UntranslatableException(message, true);
  }

  /** Says what is left behind, if anything is. */
  void tell(String path, Collection<String> left) {
    if (!isNothing) {
      left.add(path + ": " + getMessage());
    }
  }
}
