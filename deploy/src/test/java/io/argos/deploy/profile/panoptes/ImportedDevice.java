package io.argos.deploy.profile.panoptes;

import io.argos.profile.ProfileCatalog;
import io.argos.profile.format.ProfileException;
import io.argos.profile.proof.RecordedDevice;
import io.argos.profile.proof.Replay;
import java.util.List;
import java.util.Map;

/** A made-up device that is polled by what a document becomes. */
final class ImportedDevice {
  private static final String RECORDING =
      """
      1.3.6.1.4.1.99999.1.1.1.1|2|2
      1.3.6.1.4.1.99999.1.1.1.2|2|6
      1.3.6.1.4.1.99999.1.1.1.3|2|9
      1.3.6.1.4.1.99999.1.1.2.1|66|50
      1.3.6.1.4.1.99999.1.1.2.2|66|25
      1.3.6.1.4.1.99999.1.1.2.3|66|33
      1.3.6.1.4.1.99999.1.1.3.1|4|left
      1.3.6.1.4.1.99999.1.1.3.2|4|right
      1.3.6.1.4.1.99999.1.1.3.3|4|Routing Engine 0
      1.3.6.1.4.1.99999.1.1.4.10|70|1000
      1.3.6.1.4.1.99999.1.1.4.20|70|2000
      1.3.6.1.4.1.99999.2.0|66|7
      1.3.6.1.4.1.99999.3.0|4|32.5 degrees C
      """;
  private static final String OIDS =
      """
      "status": { "method": "bulk_walk", "oid": ".1.3.6.1.4.1.99999.1.1.1" },
      "load": { "method": "bulk_walk", "oid": ".1.3.6.1.4.1.99999.1.1.2" },
      "label": { "method": "bulk_walk", "oid": ".1.3.6.1.4.1.99999.1.1.3" },
      "octets": { "method": "bulk_walk", "oid": ".1.3.6.1.4.1.99999.1.1.4",
                  "index_transform": { "10": "1", "20": "2" } },
      "users": { "method": "get", "oid": ".1.3.6.1.4.1.99999.2.0" },
      "heat": { "method": "get", "oid": ".1.3.6.1.4.1.99999.3.0" },
      "total": { "method": "static", "values": { "1": 200, "2": 400 } },
      "scale": { "method": "static", "values": { "1": 0.1, "2": 1 } },
      "speed": { "method": "static", "values": { "1": "10", "2": "100" } },
      "title": { "method": "static", "values": { "1": "Fan 'A'", "2": "", "3": "Fan C" } },
      "fans": { "method": "static", "values": { "1": "Fan A", "3": "" } },
      "kinds": { "method": "static", "values": { "1": "PEM", "3": "PEM", "2": "PSM", "PEM": "PEM" } },
      "units": { "method": "static", "values": { "PEM": 2, "PSM": 1 } }
      """;

  private ImportedDevice() {}

  /** A document of one group. */
  static String document(String group) {
    return "{ \"oids\": {" + OIDS + "}, \"metrics_groups\": [" + group + "] }";
  }

  static PanoptesImport.Imported imported(String group) {
    return PanoptesImport.read("frob.json", document(group)).as("frob");
  }

  /** The rows of the groups of a document that is imported. */
  static List<Replay.Row> poll(String profile) {
    RecordedDevice device = RecordedDevice.parse("recording", RECORDING);
    try {
      Replay replay =
          new Replay(
              ProfileCatalog.of(Map.of("frob.yaml", profile)),
              Replay.resource("network", "", "", Map.of("profile", "frob", "model", "F.9")),
              device::answer);
      return Replay.rows(replay.enrich().poll(replay.plan()).groups()).stream()
          .filter(row -> !row.group().equals("status"))
          .toList();
    } catch (ProfileException e) {
      throw new AssertionError(profile + "\n" + e.problems(), e);
    }
  }
}
