package io.argos.deploy.profile.panoptes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * An enrichment by which Panoptes' generic SNMP plugin polls a device.
 *
 * @param sources what is polled, by name
 * @param groups what comes of it
 * @param maxRepetitions bound of a GETBULK; 0 where it says none
 * @param device what Panoptes knew of the device
 */
record PanoptesDocument(
    Map<String, Source> sources, List<Group> groups, int maxRepetitions, Device device) {

  /** What a name of the document stands for. */
  sealed interface Source {
    /** Values by index that the enrichment found. */
    record Static(Map<String, JsonNode> values) implements Source {}

    /** The value of one oid. */
    record Get(String oid) implements Source {}

    /**
     * A column.
     *
     * @param transform indexes that go by another name
     */
    record Walk(String oid, Map<String, String> transform) implements Source {}
  }

  /**
   * A metrics group.
   *
   * @param path where it stands
   */
  record Group(String path, String name, List<Target> dimensions, List<Target> metrics) {}

  /**
   * A dimension or a metric.
   *
   * @param path where it stands
   * @param value a number, or an expression
   * @param type type of the result
   * @param counter whether it is a counter
   * @param indexes the only indexes that it is about
   * @param indexesFrom name of the source whose indexes it is about; empty for none
   * @param transform what is made of the result; empty for nothing
   * @param topLevel true when it is about the device whatever its value says
   */
  record Target(
      String path,
      String name,
      JsonNode value,
      Cast type,
      boolean counter,
      List<String> indexes,
      String indexesFrom,
      String transform,
      boolean topLevel) {}

  /** The types that Panoptes makes of a result. */
  enum Cast {
    INTEGER,
    NUMBER,
    TEXT
  }

  /** What Panoptes knew of a device; all empty where the document does not say. */
  record Device(String resourceClass, String subclass, String type, String model) {}
}
