package io.argos.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One instance of a plugin in a stage.
 *
 * @param place where the entry stands, {@code file:line}, for the messages of those who check the
 *     settings
 * @param places where its keys stand, those of the settings as {@code settings.KEY}
 */
public record PluginEntry(
    @Doc("Name of the instance, unique in its stage; in discovery it names the source.")
        String name,
    @Doc("Kind of plugin.") String kind,
    @Doc("Interval between runs; either this or cron.") Optional<Duration> interval,
    @Doc("Quartz cron expression; either this or interval.") Optional<String> cron,
    @Doc("Longest run; four fifths of the interval when absent.") Optional<Duration> timeout,
    @Doc("Which resources it runs on, in the filter language; all when absent.")
        Optional<String> filter,
    @Doc("Site whose agents run it (discovery).") @Default("local") String site,
    @Doc(
            "How long what an enrichment plugin writes stays valid; four intervals, at least ten"
                + " minutes, when absent.")
        Optional<Duration> ttl,
    @Doc("Keys of the kind itself.") @Default("{}") Map<String, Object> settings,
    @Place String place,
    @Place Map<String, String> places) {
  public PluginEntry {
    settings = Map.copyOf(settings);
    places = Map.copyOf(places);
  }

  /** An entry without a time to live that was not read from a file key by key. */
  public PluginEntry(
      String name,
      String kind,
      Optional<Duration> interval,
      Optional<String> cron,
      Optional<Duration> timeout,
      Optional<String> filter,
      String site,
      Map<String, Object> settings,
      String place) {
    this(
        name,
        kind,
        interval,
        cron,
        timeout,
        filter,
        site,
        Optional.empty(),
        settings,
        place,
        Map.of());
  }

  /** Where a key of the entry stands, such as {@code filter} or {@code settings.file}. */
  public String placeOf(String key) {
    return places.getOrDefault(key, place);
  }
}
