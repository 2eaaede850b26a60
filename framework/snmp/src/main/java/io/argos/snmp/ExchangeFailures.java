package io.argos.snmp;

/** What can go wrong with an exchange, in words for a reader. Says nothing secret. */
record ExchangeFailures(SnmpTarget target) {
  /** A request was given up for want of an answer that could be understood. */
  SnmpFailure unanswered(Request request, boolean answered) {
    if (request.malformed() != null) {
      return broken("a malformed reply: " + request.malformed());
    }
    return new SnmpFailure.NoAnswer(
        answered,
        request.attempts(),
        "no answer from %s to %d requests within %s each"
            .formatted(place(), request.attempts(), target.limits().timeout()));
  }

  /** The time for the whole exchange is over. */
  SnmpFailure overtime(int requests, boolean answered) {
    return new SnmpFailure.NoAnswer(
        answered,
        requests,
        "%s was not read to the end within %s".formatted(place(), target.limits().whole()));
  }

  /** The device's engine, or the own one, finds the credential wrong. */
  SnmpFailure refused(String detail) {
    return new SnmpFailure.Refused(
        "credential '%s' is refused by %s: %s"
            .formatted(target.credential().name(), place(), detail));
  }

  /** The credential itself is wrong, whoever would be asked with it. */
  SnmpFailure unusable(String detail) {
    return new SnmpFailure.Refused(
        "credential '%s' cannot be used: %s".formatted(target.credential().name(), detail));
  }

  /** The device sends what it must not. */
  SnmpFailure broken(String problem) {
    return new SnmpFailure.Broken(place() + " sends " + problem);
  }

  private String place() {
    return target.address().getAddress().getHostAddress() + ":" + target.address().getPort();
  }
}
