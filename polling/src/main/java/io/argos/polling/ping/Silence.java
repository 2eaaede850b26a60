package io.argos.polling.ping;

import io.argos.profile.SnmpTargets;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a device that does not answer SNMP, once it has been pinged.
 *
 * @param status 7 when it does not answer ping either, otherwise what it was
 * @param failure the same in words
 */
public record Silence(DeviceStatus status, Failure failure) {

  /** Whether a status leaves open if the device is there at all. */
  public static boolean isOpen(DeviceStatus status) {
    return status == DeviceStatus.NETWORK_FAILURE || status == DeviceStatus.TIMEOUT;
  }

  /**
   * Pings the host of an endpoint. Blocks, no longer than {@code within}.
   *
   * @throws InterruptedException when interrupted
   */
  public static PingAnswer ping(Pinger pinger, String endpoint, PingSpec spec, Duration within)
      throws InterruptedException {
    InetAddress address;
    try {
      address = SnmpTargets.resolve(endpoint).getAddress();
    } catch (UnknownHostException | IllegalArgumentException e) {
      return new PingAnswer.NotTried(String.valueOf(e.getMessage()));
    }
    return pinger.ping(address, spec, within);
  }

  /**
   * What a ping says of a silence.
   *
   * @param status status of the silent device, one that is {@linkplain #isOpen open}
   * @param failure why it has that
   */
  public static Silence of(DeviceStatus status, Failure failure, PingAnswer answer) {
    return switch (answer) {
      case PingAnswer.Answered _ ->
          new Silence(
              status,
              new Failure(failure.cause(), "answers ping, but no SNMP: " + failure.detail()));
      case PingAnswer.Silent(Optional<PingStatistics> _, String why) ->
          new Silence(
              DeviceStatus.PING_FAILURE,
              new Failure(
                  Cause.PING,
                  "answers neither ping%s nor SNMP: %s"
                      .formatted(why.isEmpty() ? "" : " (" + why + ")", failure.detail())));
      case PingAnswer.NotTried _ -> new Silence(status, failure);
    };
  }
}
