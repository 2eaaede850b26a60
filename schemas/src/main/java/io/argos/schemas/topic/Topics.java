package io.argos.schemas.topic;

import java.util.List;
import java.util.Set;

/**
 * The names of all topics under one prefix. This and {@link TopicTable} are the only places that
 * know them.
 *
 * @param prefix prefix of every topic, without a dot
 */
public record Topics(String prefix) {
  /** Suffix of the topic of dead letters. */
  public static final String DEAD_LETTERS = ".dlq";

  /** The stages whose jobs are scheduled. */
  public static final List<String> STAGES = List.of("discovery", "enrichment", "polling");

  private String name(String stem) {
    return prefix + '.' + stem + ".v1";
  }

  public String discoveries() {
    return name("discoveries");
  }

  public String resources() {
    return name("resources");
  }

  public String enrichments() {
    return name("enrichments");
  }

  public String sharedEnrichments() {
    return name("shared-enrichments");
  }

  public String definitions() {
    return name("definitions");
  }

  /** Jobs of a stage in a zone. */
  public String jobs(String stage, String zone) {
    return name("jobs." + stage + '.' + zone);
  }

  public String requests() {
    return name("requests");
  }

  public String outcomes() {
    return name("outcomes");
  }

  public String polls() {
    return name("polls");
  }

  public String metrics() {
    return name("metrics");
  }

  public String points() {
    return name("points");
  }

  public String events() {
    return name("events");
  }

  public String checkResults() {
    return name("check-results");
  }

  public String services() {
    return name("services");
  }

  public String reports() {
    return name("reports");
  }

  public String reportStates() {
    return name("report-states");
  }

  public String nodes() {
    return name("nodes");
  }

  public String components() {
    return name("components");
  }

  public String directives() {
    return name("directives");
  }

  public String notifications() {
    return name("notifications");
  }

  public String cursors() {
    return name("cursors");
  }

  public String ticks() {
    return name("ticks");
  }

  public String epochs() {
    return name("epochs");
  }

  public String checkpoints() {
    return name("checkpoints");
  }

  public String heartbeats() {
    return name("heartbeats");
  }

  /** The topic that takes what cannot be read from another. */
  public static String deadLetters(String topic) {
    return topic + DEAD_LETTERS;
  }

  /** Every topic as it must exist, dead letters behind their own, in the order of the design. */
  public List<TopicSpec> specs(int partitions, Set<String> zones) {
    return TopicTable.of(this, partitions, zones);
  }
}
