package io.argos.manager.nodes;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import io.argos.schemas.Resource;
import java.time.Instant;

/** What a node's record repeats of its resource. */
record NodeFacts(
    String site,
    String resourceClass,
    String type,
    boolean maintenance,
    Instant firstSeenAt,
    long revision) {

  static NodeFacts of(Resource resource) {
    return new NodeFacts(
        resource.getSite(),
        resource.getResourceClass(),
        resource.getType(),
        resource.getMaintenance(),
        resource.getFirstSeenAt(),
        resource.getRevision());
  }

  void write(StateWriter out) {
    out.text(site)
        .text(resourceClass)
        .text(type)
        .flag(maintenance)
        .number(firstSeenAt.toEpochMilli())
        .number(revision);
  }

  static NodeFacts read(StateReader in) {
    return new NodeFacts(
        in.text(), in.text(), in.text(), in.flag(), Instant.ofEpochMilli(in.number()), in.number());
  }
}
