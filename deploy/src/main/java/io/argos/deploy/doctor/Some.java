package io.argos.deploy.doctor;

import java.util.Collection;
import java.util.stream.Collectors;

/** The first few of many names. */
final class Some {
  private static final int NAMED = 4;

  private Some() {}

  /** {@code a, b, c, d and 7 more}. */
  static String of(Collection<String> names) {
    String named = names.stream().sorted().limit(NAMED).collect(Collectors.joining(", "));
    int more = names.size() - NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }
}
