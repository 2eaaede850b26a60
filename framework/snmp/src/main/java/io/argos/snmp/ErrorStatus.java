package io.argos.snmp;

/** Names of the error statuses of RFC 3416. */
final class ErrorStatus {
  private static final String[] NAMES = {
    "noError",
    "tooBig",
    "noSuchName",
    "badValue",
    "readOnly",
    "genErr",
    "noAccess",
    "wrongType",
    "wrongLength",
    "wrongEncoding",
    "wrongValue",
    "noCreation",
    "inconsistentValue",
    "resourceUnavailable",
    "commitFailed",
    "undoFailed",
    "authorizationError",
    "notWritable",
    "inconsistentName"
  };

  private ErrorStatus() {}

  static String nameOf(int status) {
    return status >= 0 && status < NAMES.length ? NAMES[status] : Integer.toString(status);
  }
}
