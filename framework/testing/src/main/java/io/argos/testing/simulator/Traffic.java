package io.argos.testing.simulator;

/**
 * What moves the counters of one interface. A counter is the integral of its rate since the device
 * started, so that anyone can compute what it must show.
 *
 * @param inOctets octets received each second, on average
 * @param outOctets octets sent each second, on average
 * @param wave swing of all rates around their average, 0 (steady) to 0.9
 * @param waveSeconds length of a swing
 */
public record Traffic(double inOctets, double outOctets, double wave, double waveSeconds) {
  /** Octets of an average packet. */
  static final double PACKET = 700;

  public Traffic {
    if (inOctets < 0 || outOctets < 0 || wave < 0 || wave > 0.9 || waveSeconds <= 0) {
      throw new IllegalArgumentException(
          "rates and wave are not negative, a wave is at most 0.9 and takes time");
    }
  }

  /** Constant rates. */
  public static Traffic steady(double inOctets, double outOctets) {
    return new Traffic(inOctets, outOctets, 0, 1);
  }

  /** No traffic at all. */
  public static Traffic none() {
    return steady(0, 0);
  }

  /** A counter that moves by {@code share} of the packets, after some seconds. */
  long packets(boolean in, double share, double seconds) {
    return count((in ? inOctets : outOctets) / PACKET * share, seconds);
  }

  /** The octet counter after some seconds. */
  long octets(boolean in, double seconds) {
    return count(in ? inOctets : outOctets, seconds);
  }

  private long count(double rate, double seconds) {
    if (wave == 0) {
      return (long) (rate * seconds);
    }
    // The integral of rate * (1 + wave * sin(2 pi t / T)); the swing is below 1, so it never falls.
    double turn = 2 * Math.PI / waveSeconds;
    return (long) (rate * (seconds + wave / turn * (1 - Math.cos(turn * seconds))));
  }
}
