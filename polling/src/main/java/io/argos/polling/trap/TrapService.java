package io.argos.polling.trap;

import io.argos.config.ArgosConfig;
import io.argos.config.TrapsConfig;
import io.argos.profile.ProfileCatalog;
import io.argos.runtime.result.EnrichmentTable;
import io.argos.runtime.stage.RepeatedTask;
import io.argos.runtime.stage.StageLinks;
import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpCredentials;
import io.argos.snmp.trap.TrapCounts;
import io.argos.snmp.trap.TrapReceiver;
import io.argos.spi.SecretsUnavailableException;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives traps in this process, where the configuration says so. Of several processes on one
 * machine one has the port; the others try for it, and one of them has it when the first is gone.
 */
public final class TrapService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrapService.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofSeconds(6);
  private static final String DEFAULT_SITE = "default";

  /** Names of endpoints that are looked up each time. */
  private static final int NAMES_AT_ONCE = 50;

  /** Sites that are asked for credentials of their own. */
  private static final int MOST_SITES = 500;

  private final StageLinks links;
  private final TrapsConfig config;
  private final TrapSenders senders;
  private final TrapFlow flow;
  private final TrapCounts counts = new TrapCounts();
  private volatile @Nullable TrapReceiver receiver;
  private volatile String trouble = "";
  private String missing = "";

  private TrapService(StageLinks links, TrapSenders senders, TrapFlow flow) {
    this.links = links;
    this.config = links.config().snmp().traps();
    this.senders = senders;
    this.flow = flow;
  }

  /** The index of senders, to be told of the resources. */
  public static TrapSenders senders(ArgosConfig config) {
    return new TrapSenders(site -> config.zoneOf(site).equals(config.instance().zone()));
  }

  /**
   * Begins to receive, and closes with the process.
   *
   * @param resources all resources
   * @param polled true of resources that a plugin polls
   * @param devices what all devices are
   * @param enrichments the rows of the devices that this process polls
   */
  public static void start(
      StageLinks links,
      TrapSenders senders,
      CompactedTable<Resource> resources,
      Predicate<Resource> polled,
      CompactedTable<Enrichment> devices,
      CompactedTable<Enrichment> enrichments,
      Supplier<ProfileCatalog> profiles)
      throws InterruptedException {
    TrapsConfig config = links.config().snmp().traps();
    TrapFlow flow =
        new TrapFlow(
            new TrapReading(
                senders,
                resources::find,
                new EnrichmentTable(devices),
                new EnrichmentTable(enrichments),
                profiles),
            new KafkaTrapSink(links.results(), links.schemas(), links.topics()),
            new TrapWindows(config.foldWithin()),
            new TrapLosses(config.foldWithin(), senders, links.results().source()),
            new PollWishes(config.pollEvery(), links.results().source()),
            id -> resources.find(id).filter(polled).isPresent(),
            new TrapMeters(links.meters()),
            links.clock());
    TrapService service = new TrapService(links, senders, flow);
    service.counts.register(links.meters());
    Gauge.builder("argos.traps.queued", service, TrapService::queued)
        .description("Datagrams that wait for their turn")
        .register(links.meters());
    links.health().useful("traps", service::trouble);
    links.lifecycle().add("traps", CLOSE, service);
    service.tend();
    links
        .lifecycle()
        .add("traps tending", RepeatedTask.start("traps-tending", EVERY, service::tend));
    // Apart from the tending, since a server of names that is silent takes its time.
    links
        .lifecycle()
        .add("traps names", RepeatedTask.start("traps-names", EVERY, () -> lookUpNames(senders)));
  }

  /** Looks up some of the names in endpoints. */
  static void lookUpNames(TrapSenders senders) {
    senders.lookUp(NAMES_AT_ONCE, TrapService::addressesOf);
  }

  private static Optional<List<InetAddress>> addressesOf(String name) {
    try {
      return Optional.of(List.of(InetAddress.getAllByName(name)));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private double queued() {
    TrapReceiver open = receiver;
    return open == null ? 0 : open.queued();
  }

  private Optional<String> trouble() {
    return Optional.of(trouble).filter(text -> !text.isEmpty());
  }

  /** Gets the port where it is not had yet, and the credentials anew, which may have changed. */
  private void tend() {
    TrapReceiver open = receiver;
    if (open == null) {
      try {
        open = TrapReceiver.open(config, flow, counts);
        receiver = open;
        trouble = "";
        log.info("traps are received address={} port={}", config.address(), open.port());
      } catch (IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(trouble)) {
          log.warn("traps are not received, trying on reason=\"{}\"", reason);
        }
        trouble = reason;
        return;
      }
    }
    credentials().ifPresent(open::allow);
  }

  /** What the secrets say now; empty when they are not to be had, and those of before stay. */
  private Optional<List<SnmpCredential>> credentials() {
    Set<SnmpCredential> found = new LinkedHashSet<>();
    StringBuilder problems = new StringBuilder();
    for (String name : config.credentials()) {
      int before = found.size();
      try {
        sites()
            .forEach(site ->
                links.secrets().find(name, site).map(SnmpCredentials::of).ifPresent(found::add));
      } catch (SecretsUnavailableException e) {
        return Optional.empty();
      } catch (IllegalArgumentException e) {
        problems.append(e.getMessage()).append("; ");
      }
      if (found.size() == before) {
        problems.append("there is no secret '").append(name).append("'; ");
      }
    }
    String now = problems.toString();
    if (!now.equals(missing) && !now.isEmpty()) {
      log.warn("credentials of traps are missing problems=\"{}\"", now);
    }
    missing = now;
    return Optional.of(List.copyOf(found));
  }

  private Stream<String> sites() {
    return Stream.concat(Stream.of(DEFAULT_SITE), senders.sites().stream().limit(MOST_SITES));
  }

  /** Receives no more, and writes what was folded. */
  @Override
  public void close() throws InterruptedException {
    TrapReceiver open = receiver;
    if (open != null) {
      open.close();
      flow.settle();
    }
  }
}
