package io.argos.snmp;

/**
 * What one exchange learns about how much a device, and the way to it, carry in one answer. Belongs
 * to the thread of its loop.
 */
final class AnswerSizes {
  private final DeviceMemory memory;
  private int largestRequest;
  private int largestAnswer;

  AnswerSizes(DeviceMemory memory) {
    this.memory = memory;
  }

  /** A request was sent for the first time. */
  void asked(Request request) {
    largestRequest = Math.max(largestRequest, request.bindings());
  }

  /** Its answer has come. */
  void cameThrough(Request request) {
    int bindings = request.bindings();
    if (request.isShrunk() && request.malformed() == null) {
      memory.cameThrough(bindings, request.firstBindings());
    }
    largestAnswer = Math.max(largestAnswer, bindings);
    memory.answered(bindings);
  }

  /**
   * The exchange has ended, and not all was read. Where nothing came of the size asked for, what
   * came through in former times counts no longer: the way may have become narrower.
   */
  void part() {
    if (largestAnswer > 0 && largestAnswer < largestRequest) {
      memory.keep(largestAnswer);
    }
  }

  /** The exchange has ended, and all was read. */
  void whole() {
    if (largestAnswer == largestRequest) {
      memory.grow(largestAnswer);
    } else {
      memory.keep(largestAnswer);
    }
  }
}
