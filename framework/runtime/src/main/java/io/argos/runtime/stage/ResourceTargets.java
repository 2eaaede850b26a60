package io.argos.runtime.stage;

import io.argos.runtime.plugin.PluginInstance;
import io.argos.runtime.schedule.Target;
import io.argos.runtime.schedule.TargetKey;
import io.argos.runtime.schedule.Timing;
import io.argos.runtime.table.TableEntry;
import io.argos.runtime.table.TableListener;
import io.argos.schemas.Resource;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Turns the table of resources into the targets of a stage: every plugin on every resource that its
 * filter lets through. Called by the thread of the table only.
 */
public final class ResourceTargets implements TableListener<Resource> {

  /** Takes the targets. */
  public interface Sink {
    /**
     * This target exists, new or changed.
     *
     * @param changedAt time of the record that says so
     */
    void put(Target target, Instant changedAt);

    /** This target is no more. */
    void remove(TargetKey key);

    /** A resource is new to a plugin, or has changed in what a plugin sees of it. */
    void renewed(Target target, Resource resource, TableEntry.Place place);
  }

  private final String stage;
  private final List<? extends PluginInstance<?>> instances;
  private final UnaryOperator<String> zoneOf;
  private final ZoneId timeZone;
  private final Sink sink;

  /**
   * Targets of a stage.
   *
   * @param instances its plugins
   * @param zoneOf zone of a site
   * @param timeZone time zone of cron schedules
   * @param sink takes the targets
   */
  public ResourceTargets(
      String stage,
      List<? extends PluginInstance<?>> instances,
      UnaryOperator<String> zoneOf,
      ZoneId timeZone,
      Sink sink) {
    this.stage = stage;
    this.instances = List.copyOf(instances);
    this.zoneOf = zoneOf;
    this.timeZone = timeZone;
    this.sink = sink;
  }

  @Override
  public void changed(
      String key, Optional<Resource> before, Optional<Resource> after, TableEntry.Place place) {
    for (PluginInstance<?> instance : instances) {
      boolean was = before.filter(instance.filter()).isPresent();
      Optional<Resource> selected = after.filter(instance.filter());
      if (selected.isPresent()) {
        Resource resource = selected.get();
        Target target = targetOf(instance, resource);
        sink.put(target, Instant.ofEpochMilli(place.timestampMillis()));
        if (!was || !sameToPlugins(before.orElseThrow(), resource)) {
          sink.renewed(target, resource, place);
        }
      } else if (was) {
        sink.remove(TargetKey.of(stage, instance.name(), key));
      }
    }
  }

  /** The target that a plugin has in a resource. */
  public Target targetOf(PluginInstance<?> instance, Resource resource) {
    return target(
        stage,
        instance,
        resource.getId(),
        resource.getRevision(),
        zoneOf.apply(resource.getSite()),
        timeZone);
  }

  /** The target that a plugin has in a resource or source. */
  public static Target target(
      String stage,
      PluginInstance<?> instance,
      String resourceId,
      long revision,
      String zone,
      ZoneId timeZone) {
    Timing timing =
        instance
            .entry()
            .interval()
            .<Timing>map(Timing.Every::new)
            .orElseGet(() -> new Timing.Cron(instance.entry().cron().orElseThrow(), timeZone));
    return new Target(
        TargetKey.of(stage, instance.name(), resourceId),
        instance.configHash(),
        revision,
        zone,
        timing,
        Target.timeoutFor(timing, instance.entry().timeout()));
  }

  private static boolean sameToPlugins(Resource before, Resource after) {
    return before.getEndpoint().equals(after.getEndpoint())
        && before.getResourceClass().equals(after.getResourceClass())
        && before.getSubclass().equals(after.getSubclass())
        && before.getType().equals(after.getType())
        && before.getLabels().equals(after.getLabels())
        && java.util.Objects.equals(before.getCredential(), after.getCredential());
  }
}
