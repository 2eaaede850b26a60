package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a device answered once, as a `.snmprec` file: one `OID|TAG|VALUE` per line, in any order.
///
/// | tag | type | value |
/// |---|---|---|
/// | 2 | INTEGER | decimal |
/// | 4, 4x | OCTET STRING | octets as they stand, hexadecimal |
/// | 5 | NULL | empty |
/// | 6 | OBJECT IDENTIFIER | dotted decimal |
/// | 64, 64x | IpAddress | dotted decimal, hexadecimal |
/// | 65, 66, 67 | Counter32, Gauge32, TimeTicks | decimal |
/// | 68, 68x | Opaque | octets as they stand, hexadecimal |
/// | 70 | Counter64 | decimal |
///
/// Empty lines and those that begin with `#` are skipped. A tag with a variation module of snmpsim
/// (`65:numeric`) is refused by name, since it asks for a value that the file does not hold.
public final class Recording implements Mib {
  private final SortedMib instances;

  private Recording(SortedMib instances) {
    this.instances = instances;
  }

  /**
   * Reads a file.
   *
   * @throws RecordingException with every line that is not valid
   */
  public static Recording read(Path file) {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the recording " + file, e);
    }
  }

  /** Reads one of the recordings that come with the simulator, such as {@code cisco-health}. */
  public static Recording shipped(String name) {
    String resource = "recordings/" + name + ".snmprec";
    try (InputStream in = Recording.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no shipped recording '" + name + "'");
      }
      return parse(resource, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the shipped recording " + name, e);
    }
  }

  /**
   * Reads lines.
   *
   * @param name what to call the source in problems
   * @throws RecordingException with every line that is not valid
   */
  public static Recording parse(String name, byte[] content) {
    TreeMap<ObjectId, Value> found = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    // Latin-1 keeps each octet of a string value as it is.
    String[] lines = new String(content, StandardCharsets.ISO_8859_1).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line =
          lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        Varbind varbind = line(line);
        Value before = found.putIfAbsent(varbind.oid(), varbind.value());
        // Recordings of real devices repeat an instance now and then, with the same value.
        if (before != null && !before.equals(varbind.value())) {
          problems.add(name + ":" + (i + 1) + ": " + varbind.oid() + " had another value before");
        }
      } catch (IllegalArgumentException e) {
        problems.add(name + ":" + (i + 1) + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new RecordingException(problems);
    }
    TreeMap<ObjectId, SortedMib.Cell> instances = new TreeMap<>();
    found.forEach((oid, value) -> instances.put(oid, _ -> value));
    return new Recording(new SortedMib(instances));
  }

  private static Varbind line(String line) {
    String[] parts = line.split("\\|", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("'" + line + "' is not OID|TAG|VALUE");
    }
    return new Varbind(ObjectId.parse(parts[0]), value(parts[1], parts[2]));
  }

  private static Value value(String tag, String text) {
    return switch (tag) {
      case "2" ->
          new Value.Numeric(Value.TAG_INTEGER, number(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case "4" -> Value.octets(text.getBytes(StandardCharsets.ISO_8859_1));
      case "4x" -> Value.octets(hex(text));
      case "5" -> Value.Absent.NULL;
      case "6" -> Value.objectId(ObjectId.parse(text));
      case "64" -> new Value.Octets(Value.TAG_IP_ADDRESS, address(text));
      case "64x" -> new Value.Octets(Value.TAG_IP_ADDRESS, hex(text));
      case "65" -> unsigned32(Value.TAG_COUNTER32, text);
      case "66" -> unsigned32(Value.TAG_GAUGE32, text);
      case "67" -> unsigned32(Value.TAG_TIME_TICKS, text);
      case "68" -> new Value.Octets(Value.TAG_OPAQUE, text.getBytes(StandardCharsets.ISO_8859_1));
      case "68x" -> new Value.Octets(Value.TAG_OPAQUE, hex(text));
      case "70" -> Value.counter64(unsigned64(text));
      default -> throw new IllegalArgumentException(refusal(tag));
    };
  }

  private static String refusal(String tag) {
    int colon = tag.indexOf(':');
    return colon > 0
        ? "the tag '%s' asks for snmpsim's variation module '%s', which is not served; record plain values"
            .formatted(tag, tag.substring(colon + 1))
        : "'" + tag + "' is not a tag such as 2, 4, 4x, 5, 6, 64, 65, 66, 67, 68 or 70";
  }

  private static Value unsigned32(int tag, String text) {
    return new Value.Numeric(tag, number(text, 0, 0xffff_ffffL));
  }

  private static long number(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // refused below, as numbers out of bounds are
    }
    throw new IllegalArgumentException(
        "'%s' is not a number from %d to %d".formatted(text, least, most));
  }

  private static long unsigned64(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("'" + text + "' is not a number from 0 to 2^64-1");
    }
  }

  private static byte[] hex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("'" + text + "' is not hexadecimal");
    }
  }

  private static byte[] address(String text) {
    if (!text.matches("[0-9.]+")) {
      throw new IllegalArgumentException("'" + text + "' is not an IPv4 address");
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException _) {
      throw new IllegalArgumentException("'" + text + "' is not an IPv4 address");
    }
  }

  /** Count of instances. */
  public int size() {
    return instances.size();
  }

  @Override
  public Value get(ObjectId oid, Moment moment) {
    return instances.get(oid, moment);
  }

  @Override
  public Optional<Varbind> next(ObjectId oid, Moment moment) {
    return instances.next(oid, moment);
  }
}
