package io.argos.runtime.stage;

import io.argos.config.ArgosConfig;
import io.argos.runtime.health.Health;
import io.argos.runtime.secret.RedisSecrets;
import io.argos.runtime.table.CompactedTable;
import io.argos.runtime.table.TableEntry;
import io.argos.schemas.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has the secrets of all resources of a zone in memory before there are jobs for them, so that
 * Redis may go away at any moment: a partition that comes to an agent later brings resources that
 * it has never polled. An agent without them takes no partitions. Of one thread, but for {@link
 * #had} and {@link #trouble}.
 */
public final class SecretsAhead {
  /** How soon the secrets of a new site are had, and how often all are looked at. */
  static final Duration EVERY = Duration.ofMinutes(1);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private record Want(String name, String site) {}

  private final RedisSecrets secrets;
  private final Supplier<Stream<Resource>> resources;
  private final LongSupplier nanoTime;
  private volatile Optional<String> trouble = Optional.of("not fetched yet");
  private long fetchedAt;

  /**
   * Nothing is fetched yet.
   *
   * @param resources the resources that this agent may have to do with
   * @param nanoTime a clock that only goes forward
   */
  SecretsAhead(RedisSecrets secrets, Supplier<Stream<Resource>> resources, LongSupplier nanoTime) {
    this.secrets = secrets;
    this.resources = resources;
    this.nanoTime = nanoTime;
  }

  /**
   * Fetches them as far as Redis is there, and goes on with that until the process closes. The
   * process is not ready before all have been fetched once.
   *
   * @param resources all resources, read already
   */
  public static SecretsAhead start(StageLinks links, CompactedTable<Resource> resources) {
    ArgosConfig config = links.config();
    String zone = config.instance().zone();
    SecretsAhead ahead =
        new SecretsAhead(
            links.secrets(),
            () ->
                resources.scan("").stream()
                    .map(TableEntry::value)
                    .filter(resource -> config.zoneOf(resource.getSite()).equals(zone)),
            System::nanoTime);
    ahead.look();
    links.health().check(Health.Aspect.READY, links.stage() + " secrets", ahead::trouble);
    links
        .lifecycle()
        .add(
            links.stage() + " secrets ahead",
            RepeatedTask.start(links.stage() + "-secrets-ahead", LOOK, ahead::look));
    return ahead;
  }

  /** Whether all have been fetched once. */
  public boolean had() {
    return trouble.isEmpty();
  }

  /** Why not all have been fetched once. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Fetches what is wanted, when it is time. */
  void look() {
    long now = nanoTime.getAsLong();
    if (had() && now - fetchedAt < EVERY.toNanos()) {
      return;
    }
    Optional<String> missing = fetch();
    if (had() || missing.isEmpty()) {
      // Once had, what is in memory has to do; others say already that Redis is gone.
      fetchedAt = now;
      trouble = Optional.empty();
    } else {
      trouble = missing;
    }
  }

  private Optional<String> fetch() {
    List<String> expected = List.copyOf(secrets.expected());
    Set<Want> wants =
        resources
            .get()
            .flatMap(resource -> wants(resource, expected))
            .collect(Collectors.toUnmodifiableSet());
    for (Want want : wants) {
      if (Thread.currentThread().isInterrupted()) {
        return Optional.of("the process is closing");
      }
      Optional<String> missing = secrets.hold(want.name(), want.site());
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private static Stream<Want> wants(Resource resource, List<String> expected) {
    String own = resource.getCredential();
    List<String> names = own == null ? expected : List.of(own);
    return names.stream().map(name -> new Want(name, resource.getSite()));
  }
}
