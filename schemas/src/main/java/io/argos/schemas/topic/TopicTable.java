package io.argos.schemas.topic;

import io.argos.schemas.CheckResult;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.ComponentState;
import io.argos.schemas.Cursor;
import io.argos.schemas.Definition;
import io.argos.schemas.Directive;
import io.argos.schemas.Discovery;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Epoch;
import io.argos.schemas.Event;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.Job;
import io.argos.schemas.Metrics;
import io.argos.schemas.NodeState;
import io.argos.schemas.Notification;
import io.argos.schemas.Outcome;
import io.argos.schemas.Point;
import io.argos.schemas.PollResult;
import io.argos.schemas.Report;
import io.argos.schemas.ReportState;
import io.argos.schemas.Request;
import io.argos.schemas.Resource;
import io.argos.schemas.ServiceState;
import io.argos.schemas.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/** The one table of topics: name, key, partitions, cleanup, retention, record and writer. */
final class TopicTable {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(14);

  private final List<TopicSpec> specs = new ArrayList<>();
  private final int resourcePartitions;

  private TopicTable(int resourcePartitions) {
    this.resourcePartitions = resourcePartitions;
  }

  static List<TopicSpec> of(Topics topics, int resourcePartitions, Set<String> zones) {
    TopicTable table = new TopicTable(resourcePartitions);
    table.add(topics, new TreeSet<>(zones));
    return List.copyOf(table.specs);
  }

  private void add(Topics t, Set<String> zones) {
    int r = resourcePartitions;
    keep(
        t.discoveries(),
        "source",
        1,
        Duration.ofDays(3),
        Discovery.class,
        "discovery agents",
        "Runs of discovery: what each source found.");
    compact(t.resources(), "resource", r, Resource.class, "topology resources", "Who exists now.");
    compact(
        t.enrichments(),
        "resource|namespace",
        r,
        Enrichment.class,
        "enrichment agents; tombstones by the enrichment leader",
        "What changes slowly about a resource, by namespace.");
    compact(
        t.sharedEnrichments(),
        "resource|namespace",
        1,
        Enrichment.class,
        "enrichment agents; tombstones by the enrichment leader",
        "Enrichments that agents need of resources that are not theirs.");
    compact(
        t.definitions(),
        "kind|name",
        1,
        Definition.class,
        "polling leader from files; API",
        "Definitions of checks and suites.");
    for (String zone : zones) {
      keep(
          t.jobs("discovery", zone),
          "source",
          r,
          HOUR,
          Job.class,
          "discovery leader",
          "Jobs for the discovery agents of zone " + zone + ".");
      keep(
          t.jobs("enrichment", zone),
          "resource",
          r,
          HOUR,
          Job.class,
          "enrichment leader",
          "Jobs for the enrichment agents of zone " + zone + ".");
      keep(
          t.jobs("polling", zone),
          "resource",
          r,
          HOUR,
          Job.class,
          "polling leader",
          "Jobs for the polling agents of zone " + zone + ".");
    }
    keep(
        t.requests(),
        "resource",
        r,
        HOUR,
        Request.class,
        "topologies, agents, command line",
        "Wishes for jobs out of turn.");
    keep(
        t.outcomes(),
        "resource, or source in discovery",
        r,
        DAY,
        Outcome.class,
        "agents; leaders for what nobody ran",
        "How each execution of a job ended.");
    keep(
        t.polls(),
        "resource",
        r,
        DAY,
        PollResult.class,
        "polling agents",
        "All that each poll read, column by column.");
    keep(
        t.metrics(),
        "resource",
        r,
        WEEK,
        Metrics.class,
        "topology metrics",
        "Polls with the rates derived from their counters.");
    keep(
        t.points(),
        "resource",
        r,
        WEEK,
        Point.class,
        "topology metrics",
        "The same, one record for each value; off by default.");
    keep(
        t.events(),
        "resource",
        r,
        Duration.ofDays(30),
        Event.class,
        "topologies; polling agents, of traps",
        "What happened to resources.");
    keep(
        t.checkResults(),
        "resource|check",
        r,
        WEEK,
        CheckResult.class,
        "polling agents; passive input",
        "Results of checks.");
    compact(
        t.services(),
        "resource|check",
        r,
        ServiceState.class,
        "topology services",
        "Live state of each service.");
    keep(
        t.reports(),
        "resource",
        r,
        Duration.ofDays(14),
        Report.class,
        "polling agents",
        "Puppet reports.");
    compact(
        t.reportStates(),
        "resource",
        r,
        ReportState.class,
        "topology reports",
        "Latest Puppet report of each node.");
    compact(
        t.nodes(), "resource", r, NodeState.class, "topology nodes", "Live state of each node.");
    compact(
        t.components(),
        "kind:ns/name",
        r,
        ComponentState.class,
        "topology components",
        "Live state of each registry entity.");
    compact(
        t.directives(),
        "resource|id",
        r,
        Directive.class,
        "command line and API",
        "What people directed: acknowledgements, downtimes, confirmations.");
    keep(
        t.notifications(),
        "resource|id",
        r,
        Duration.ofDays(30),
        Notification.class,
        "topology services",
        "Intents to tell somebody of a transition.");
    compact(
        t.cursors(),
        "source",
        1,
        Cursor.class,
        "the agent of the source's job",
        "How far each source has been read.");
    keep(
        t.ticks(),
        "number of the partition",
        r,
        DAY,
        Tick.class,
        "resource-manager leader",
        "The time of the log, once a second in each partition.");
    compact(
        t.epochs(), "stage", 1, Epoch.class, "leaders", "Highest epoch of each stage's leaders.");
    compact(
        t.checkpoints(),
        "stage",
        1,
        Checkpoint.class,
        "leaders",
        "How far each stage's jobs have been emitted.");
    keep(
        t.heartbeats(),
        "instance",
        1,
        HOUR,
        Heartbeat.class,
        "every instance",
        "What each instance says of itself.");
  }

  private void compact(
      String name,
      String key,
      int partitions,
      Class<? extends SpecificRecord> record,
      String writer,
      String doc) {
    add(
        new TopicSpec(
            name,
            key,
            partitions,
            Cleanup.COMPACT,
            Optional.empty(),
            Optional.of(record),
            writer,
            doc));
  }

  private void keep(
      String name,
      String key,
      int partitions,
      Duration retention,
      Class<? extends SpecificRecord> record,
      String writer,
      String doc) {
    add(
        new TopicSpec(
            name,
            key,
            partitions,
            Cleanup.DELETE,
            Optional.of(retention),
            Optional.of(record),
            writer,
            doc));
  }

  private void add(TopicSpec spec) {
    specs.add(spec);
    specs.add(
        new TopicSpec(
            Topics.deadLetters(spec.name()),
            "as in the record",
            1,
            Cleanup.DELETE,
            Optional.of(DEAD_LETTER_RETENTION),
            Optional.empty(),
            "whoever fails to read " + spec.name(),
            "What could not be read from " + spec.name() + ", with the reason in its headers."));
  }
}
