package io.argos.deploy.poll;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.profile.EnrichmentPlan;
import io.argos.profile.Matching;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.spi.Poller;
import java.time.Duration;
import java.util.TreeMap;

/** All that one poll told, as one document for programs. */
public final class PollDocument {
  private PollDocument() {}

  /** The document. */
  public static ObjectNode of(Resource resource, OnePoll.Answer.Polled polled) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("resource", resource.getId()).put("endpoint", resource.getEndpoint());
    Poller.Poll poll = polled.poll();
    json.put("status", poll.status().name());
    json.put("detail", poll.failure().map(failure -> failure.detail()).orElse(null));
    ObjectNode profile = json.putObject("profile");
    poll.profile().ifPresent(ref -> profile.put("name", ref.name()).put("hash", ref.hash()));
    if (polled.matching() instanceof Matching.Match(_, String reason)) {
      profile.put("because", reason);
    }
    if (poll.uptimeCentis().isPresent()) {
      json.put("uptime", Duration.ofMillis(poll.uptimeCentis().getAsLong() * 10).toString());
    }
    poll.discontinuityAt().ifPresent(at -> json.put("discontinuityAt", at.toString()));
    ObjectNode device = json.putObject("device");
    new TreeMap<>(polled.facts())
        .forEach((name, value) -> {
          if (!name.startsWith(EnrichmentPlan.TABLE)) {
            device.put(name, value);
          }
        });
    ObjectNode enrichments = json.putObject("enrichments");
    for (Enrichment enrichment : polled.enrichments()) {
      if (!enrichment.getNamespace().equals(EnrichmentPlan.DEVICE)) {
        ArrayNode groups = enrichments.putArray(enrichment.getNamespace());
        enrichment
            .getGroups()
            .forEach(group -> groups.add(GroupJson.of(GroupRecords.fromRecord(group))));
      }
    }
    ArrayNode groups = json.putArray("groups");
    poll.groups().forEach(group -> groups.add(GroupJson.of(group)));
    return json;
  }
}
