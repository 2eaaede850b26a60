package io.argos.polling.trap;

import io.argos.profile.ProfileCatalog;
import io.argos.profile.TrapEvent;
import io.argos.profile.TrapEvents;
import io.argos.profile.format.EventSpec;
import io.argos.profile.format.Profile;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Event;
import io.argos.schemas.Resource;
import io.argos.schemas.Severity;
import io.argos.schemas.topic.HashId;
import io.argos.schemas.topic.ResourceId;
import io.argos.snmp.trap.Trap;
import io.argos.snmp.trap.TrapVarbind;
import io.argos.spi.Enrichments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads a trap: whose it is, and which event it is by the profile of its resource. */
final class TrapReading {
  /** Type of the event of a trap that no profile knows. */
  static final String RAW = "snmp.trap";

  /** Site of the ids under which the traps of unknown senders stand. */
  static final String UNKNOWN = "unknown";

  private static final String PREFIX = "snmp.";

  /** The profile whose events hold for all devices. */
  private static final String FALLBACK = "fallback";

  private static final String DEVICE = "device";

  /**
   * Traps with one content within this time are one event, also when two processes hear it; later
   * it is another, since an agent that starts anew counts its time from zero again.
   */
  private static final Duration SAME = Duration.ofMinutes(5);

  /**
   * A trap as an event.
   *
   * @param event the event
   * @param content hash of what it says and who says it
   * @param problem what it and others are about
   * @param known whether its sender is a known resource
   * @param defined whether a profile knows it
   */
  record Read(Event event, String content, String problem, boolean known, boolean defined) {}

  private final TrapSenders senders;
  private final Function<String, Optional<Resource>> resources;
  private final Enrichments devices;
  private final Enrichments enrichments;
  private final Supplier<ProfileCatalog> profiles;

  /**
   * @param senders whose address is whose
   * @param resources resources by their ids
   * @param devices what devices are
   * @param enrichments the rows of the devices that this process polls
   * @param profiles the profiles in force
   */
  TrapReading(
      TrapSenders senders,
      Function<String, Optional<Resource>> resources,
      Enrichments devices,
      Enrichments enrichments,
      Supplier<ProfileCatalog> profiles) {
    this.senders = senders;
    this.resources = resources;
    this.devices = devices;
    this.enrichments = enrichments;
    this.profiles = profiles;
  }

  /** Reads a trap that came at a time. */
  Read read(Trap trap, Instant at) {
    Optional<Resource> known = senders.of(trap).flatMap(resources);
    Resource resource = known.orElseGet(() -> stranger(trap));
    Optional<Enrichment> device = devices.find(resource.getId(), DEVICE).stream().findFirst();
    TrapEvents events =
        new TrapEvents(
            resource, device.map(Enrichment::getAttributes).orElse(Map.of()), enrichments);
    Optional<TrapEvent> defined =
        profiles(device).stream()
            .flatMap(profile -> events.read(trap, profile).stream())
            .findFirst();
    String type = defined.map(event -> PREFIX + event.spec().name()).orElse(RAW);
    String content = contentOf(resource.getId(), trap);
    String span = Long.toString(at.toEpochMilli() / SAME.toMillis());
    Event event =
        Event.newBuilder()
            .setId(HashId.of("trap event", content, span))
            .setResourceId(resource.getId())
            .setType(type)
            .setSeverity(defined.map(TrapEvent::severity).orElse(Severity.INFO))
            .setAt(at)
            .setSubject(defined.flatMap(TrapReading::subjectOf).orElse(null))
            .setSummary(
                TrapText.value(
                    defined
                        .map(TrapEvent::summary)
                        .orElseGet(() -> "Trap " + trap.oid() + " that no profile knows")))
            .setAttributes(attributes(trap, defined, known.isPresent()))
            .build();
    String problem =
        String.join(
            "|",
            resource.getId(),
            defined.map(TrapReading::problemOf).orElse(trap.oid().toString()));
    return new Read(event, content, problem, known.isPresent(), defined.isPresent());
  }

  /** Whose address nobody has claimed: its traps are kept under that address. */
  private static Resource stranger(Trap trap) {
    String address = TrapSenders.textOf(trap.origin().orElse(trap.source()));
    return Resource.newBuilder()
        .setId(ResourceId.of(UNKNOWN, address))
        .setSite(UNKNOWN)
        .setName(address)
        .setEndpoint(address)
        .setTtlSeconds(0)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(0)
        .build();
  }

  private List<Profile> profiles(Optional<Enrichment> device) {
    ProfileCatalog catalog = profiles.get();
    List<Profile> found = new ArrayList<>();
    device.map(Enrichment::getProfile).flatMap(catalog::find).ifPresent(found::add);
    catalog.find(FALLBACK).ifPresent(found::add);
    return found;
  }

  private static Optional<String> subjectOf(TrapEvent event) {
    return event.row().or(() -> Optional.of(event.key())).filter(text -> !text.isEmpty());
  }

  /** An event and the one that clears it are about one problem. */
  private static String problemOf(TrapEvent event) {
    List<String> clears = event.spec().clears();
    String name = clears.isEmpty() ? event.spec().name() : clears.getFirst();
    return name + '|' + event.key();
  }

  /**
   * What makes a trap the same as another: its sender, its time there and its content. The number
   * of a request is another for each receiver, so it counts only where the sender tells no time.
   */
  private static String contentOf(String resourceId, Trap trap) {
    List<String> parts = new ArrayList<>();
    parts.add(resourceId);
    parts.add(trap.oid().toString());
    parts.add(Long.toString(trap.uptimeCentis()));
    parts.add(trap.uptimeCentis() == 0 ? Integer.toString(trap.requestId()) : "");
    for (TrapVarbind varbind : trap.varbinds()) {
      parts.add(varbind.oid().toString());
      parts.add(varbind.type().name());
      parts.add(varbind.text());
    }
    return HashId.of(parts.toArray(String[]::new));
  }

  private static Map<String, String> attributes(
      Trap trap, Optional<TrapEvent> defined, boolean known) {
    Map<String, String> attributes = new LinkedHashMap<>(TrapText.varbinds(trap));
    defined.ifPresent(event -> {
      event.values().forEach((name, value) -> attributes.put(name, TrapText.value(value)));
      attributes.put("key", TrapText.value(event.key()));
      EventSpec spec = event.spec();
      if (!spec.clears().isEmpty()) {
        attributes.put(
            "clears", String.join(",", spec.clears().stream().map(PREFIX::concat).toList()));
      }
    });
    attributes.put("trap", TrapText.value(trap.oid().toString()));
    attributes.put("version", trap.version() == 2 ? "2c" : Integer.toString(trap.version()));
    attributes.put("source", TrapSenders.textOf(trap.source()));
    attributes.put("uptime", Long.toString(trap.uptimeCentis()));
    trap.origin().ifPresent(origin -> attributes.put("origin", TrapSenders.textOf(origin)));
    trap.engineId().ifPresent(engine -> attributes.put("engine", engine));
    if (!known) {
      attributes.put("sender", UNKNOWN);
    }
    return attributes;
  }
}
