package io.argos.runtime.plugin;

import io.argos.config.ConfigException;
import io.argos.config.ConfigProblem;
import io.argos.config.PluginEntry;
import io.argos.runtime.filter.FilterException;
import io.argos.runtime.filter.ResourceFilter;
import io.argos.schemas.topic.HashId;
import io.argos.spi.PluginConfig;
import io.argos.spi.PluginConfigException;
import io.argos.spi.PluginContext;
import io.argos.spi.PluginFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin instances of one stage, by name. Closing it closes every plugin. */
public final class PluginCatalog<P extends AutoCloseable> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PluginCatalog.class);

  /** Makes a plugin; the create methods of the factories of the plugin interface. */
  @FunctionalInterface
  public interface Maker<F, P> {
    P make(F factory, PluginConfig config, PluginContext context);
  }

  private final Map<String, PluginInstance<P>> instances;

  private PluginCatalog(Map<String, PluginInstance<P>> instances) {
    this.instances = instances;
  }

  /**
   * Makes the instances of a stage.
   *
   * @param entries their configuration
   * @param factories one factory of each kind
   * @param maker makes a plugin with its factory
   * @param contexts gives an instance its context
   * @throws ConfigException with every problem of every entry
   * @throws IllegalStateException when two factories have one kind
   */
  public static <F extends PluginFactory, P extends AutoCloseable> PluginCatalog<P> of(
      List<PluginEntry> entries,
      List<? extends F> factories,
      Maker<F, P> maker,
      Function<String, PluginContext> contexts) {
    Map<String, F> byKind = new HashMap<>();
    for (F factory : factories) {
      F other = byKind.put(factory.kind(), factory);
      if (other != null) {
        throw new IllegalStateException(
            "kind %s is made by two factories: %s and %s"
                .formatted(
                    factory.kind(), other.getClass().getName(), factory.getClass().getName()));
      }
    }
    List<ConfigProblem> problems = new ArrayList<>();
    Map<String, PluginInstance<P>> instances = new LinkedHashMap<>();
    for (PluginEntry entry : entries) {
      F factory = byKind.get(entry.kind());
      if (factory == null) {
        problems.add(
            problem(
                entry,
                "kind",
                "'%s' is no kind of plugin of this stage; there are %s"
                    .formatted(entry.kind(), String.join(", ", new TreeMap<>(byKind).keySet()))));
      } else {
        instance(entry, factory, maker, contexts, problems)
            .ifPresent(instance -> instances.put(entry.name(), instance));
      }
    }
    PluginCatalog<P> catalog = new PluginCatalog<>(instances);
    if (!problems.isEmpty()) {
      catalog.close();
      throw new ConfigException(problems);
    }
    return catalog;
  }

  private static <F extends PluginFactory, P extends AutoCloseable>
      Optional<PluginInstance<P>> instance(
          PluginEntry entry,
          F factory,
          Maker<F, P> maker,
          Function<String, PluginContext> contexts,
          List<ConfigProblem> problems) {
    int before = problems.size();
    ResourceFilter filter = ResourceFilter.everything();
    try {
      filter = entry.filter().map(ResourceFilter::parse).orElse(filter);
    } catch (FilterException e) {
      problems.add(problem(entry, "filter", String.valueOf(e.getMessage())));
    }
    List<String> wrong = new ArrayList<>();
    PluginConfig config =
        CheckedSettings.of(entry.name(), factory.configKeys(), entry.settings(), wrong);
    wrong.forEach(message -> problems.add(problem(entry, "settings", message)));
    if (problems.size() > before) {
      return Optional.empty();
    }
    try {
      P plugin = maker.make(factory, config, contexts.apply(entry.name()));
      return Optional.of(new PluginInstance<>(entry, hash(entry), filter, plugin));
    } catch (PluginConfigException e) {
      e.problems().forEach(message -> problems.add(problem(entry, "settings", message)));
      return Optional.empty();
    }
  }

  private static ConfigProblem problem(PluginEntry entry, String key, String message) {
    // A message about settings begins with the key that it is about, whose line is the better
    // place.
    String setting = key + "." + message.split("[: ]", 2)[0];
    String place = entry.places().getOrDefault(setting, entry.placeOf(key));
    return new ConfigProblem(place, 0, 0, entry.name() + "." + key, message);
  }

  private static String hash(PluginEntry entry) {
    return HashId.of(entry.kind(), new TreeMap<>(entry.settings()).toString());
  }

  /** All instances, in the order of the configuration. */
  public List<PluginInstance<P>> all() {
    return List.copyOf(instances.values());
  }

  /** The instance of a name. */
  public Optional<PluginInstance<P>> find(String name) {
    return Optional.ofNullable(instances.get(name));
  }

  /** Closes every plugin; a failure is logged and the others are still closed. */
  @Override
  public void close() {
    for (PluginInstance<P> instance : instances.values()) {
      try {
        instance.plugin().close();
      } catch (Exception e) {
        log.warn("plugin did not close cleanly plugin={}", instance.name(), e);
      }
    }
  }
}
