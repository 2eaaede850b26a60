package io.argos.snmp;

import org.jspecify.annotations.Nullable;

/** A kind of reading that a plan asks for: it hands out requests and takes their answers. */
sealed interface Work permits InstanceReads, ColumnWalks {
  /** The next request, or null when nothing is left that is not already on its way. */
  @Nullable Request next(PlanExchange exchange, PacketBudget budget);

  /** Writes the PDU of a request. */
  void write(Request request, boolean bulk, BerWriter writer);

  /**
   * Takes an answer without error status that has a value at least. What it leaves open is handed
   * out again.
   *
   * @return what the device did wrong, or null
   */
  @Nullable String accept(Request request, PduReply reply, PlanExchange exchange)
      throws MalformedReplyException;

  /** Makes a request ask for half as much; what it leaves out is handed out again. */
  void shrink(Request request);

  /** The items of a request are to be handed out again. */
  void giveBack(Request request);

  /** Of an item of a request that asked for several rows, half as many are to be asked for. */
  void narrow(Request request, int position);

  /** An item of a request does not exist. */
  void absent(Request request, int position);

  /** An item of a request cannot be read. */
  void abandon(Request request, int position);
}
