package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A datagram that came to a device.
 *
 * @param at when, by the simulator's clock
 * @param device name of the device
 * @param from who sent it
 * @param requestId its request id; 0 where it cannot be read
 * @param type type of its PDU; empty where it cannot be read
 * @param firstOid its first oid; empty where there is none
 * @param varbinds bindings asked about
 * @param verdict what became of it
 */
public record Request(
    Instant at,
    String device,
    InetSocketAddress from,
    int requestId,
    Optional<PduType> type,
    Optional<ObjectId> firstOid,
    int varbinds,
    Verdict verdict) {
  /** What became of a request. */
  public enum Verdict {
    ANSWERED,
    /** Lost on purpose. */
    DROPPED,
    /** The device is dead, or restarting. */
    SILENT,
    WRONG_COMMUNITY,
    /** Not v1 or v2c, or not a version that the device speaks. */
    WRONG_VERSION,
    /** A PDU that agents ignore. */
    IGNORED,
    MALFORMED,
  }

  /** The request as one line of JSON. */
  String toJson() {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"at\":\"").append(at).append("\",\"device\":");
    Json.string(json, device);
    json.append(",\"from\":\"").append(from.getAddress().getHostAddress());
    json.append(':').append(from.getPort());
    json.append("\",\"requestId\":").append(requestId);
    type.ifPresent(
        t -> json.append(",\"pdu\":\"").append(t.name().toLowerCase(Locale.ROOT)).append('"'));
    firstOid.ifPresent(oid -> json.append(",\"firstOid\":\"").append(oid).append('"'));
    json.append(",\"varbinds\":").append(varbinds);
    json.append(",\"verdict\":\"").append(verdict.name().toLowerCase(Locale.ROOT)).append("\"}");
    return json.toString();
  }
}
