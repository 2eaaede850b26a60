package io.argos.deploy.explain;

import io.argos.schemas.Directive;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.Job;
import io.argos.schemas.NodeState;
import io.argos.schemas.Outcome;
import io.argos.schemas.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the topics say of one resource at one time.
 *
 * @param now when that was
 * @param id the resource
 * @param resource its record and the record's time; empty when there is none
 * @param sightings what sources said of it lately, in order of the log
 * @param runs how the latest run of each source ended, by source
 * @param device what enrichment says it is
 * @param jobs its jobs, in order of the log
 * @param outcomes how they ended, in order of the log
 * @param heartbeats the latest of each instance
 * @param places where its jobs go, by stage; none of a stage whose topic is not there
 * @param directives what persons directed about it, by key
 * @param node its live state
 */
public record Dossier(
    Instant now,
    String id,
    Optional<Known> resource,
    List<Sighting> sightings,
    Map<String, Run> runs,
    Optional<Enrichment> device,
    List<LoggedJob> jobs,
    List<LoggedOutcome> outcomes,
    List<Heard> heartbeats,
    Map<String, Place> places,
    Map<String, Directive> directives,
    Optional<NodeState> node) {

  public Dossier {
    sightings = List.copyOf(sightings);
    runs = Map.copyOf(runs);
    jobs = List.copyOf(jobs);
    outcomes = List.copyOf(outcomes);
    heartbeats = List.copyOf(heartbeats);
    places = Map.copyOf(places);
    directives = Map.copyOf(directives);
  }

  /** A resource and when it was written. */
  public record Known(Resource resource, Instant since) {}

  /**
   * A claim of a source, or its refusal.
   *
   * @param rejection why the entry is no claim; empty for a claim
   */
  public record Sighting(String source, Instant at, Optional<String> rejection) {}

  /**
   * How a run of a source ended.
   *
   * @param trouble why it says less than all; empty when it was complete
   */
  public record Run(Instant at, Optional<String> trouble) {}

  /** A job and where it lies. */
  public record LoggedJob(Job job, int partition, long offset, Instant at) {}

  /** An outcome and when the broker had it. */
  public record LoggedOutcome(Outcome outcome, Instant at) {}

  /** A heartbeat and when the broker had it. */
  public record Heard(Heartbeat said, Instant at) {}

  /**
   * Where the jobs of a stage go.
   *
   * @param topic the topic
   * @param partition the resource's partition
   * @param group the group that reads it
   * @param owner client id of the member that owns the partition; empty when none does
   * @param committed up to which offset jobs are done; -1 when none is
   * @param members members of the group
   */
  public record Place(
      String topic,
      int partition,
      String group,
      Optional<String> owner,
      long committed,
      Set<String> members) {
    public Place {
      members = Set.copyOf(members);
    }
  }
}
