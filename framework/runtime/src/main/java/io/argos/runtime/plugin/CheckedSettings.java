package io.argos.runtime.plugin;

import io.argos.config.Durations;
import io.argos.spi.ConfigKey;
import io.argos.spi.PluginConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The settings of one plugin instance, checked against the keys of its kind. */
final class CheckedSettings implements PluginConfig {
  private final String instance;
  private final Map<ConfigKey, Object> values;

  private CheckedSettings(String instance, Map<ConfigKey, Object> values) {
    this.instance = instance;
    this.values = values;
  }

  /** Checks settings; what is wrong is added to {@code problems}, each a sentence with its key. */
  static CheckedSettings of(
      String instance, Set<ConfigKey> keys, Map<String, Object> settings, List<String> problems) {
    Map<String, ConfigKey> byName = new HashMap<>();
    keys.forEach(key -> byName.put(key.name(), key));
    for (String name : new TreeSet<>(settings.keySet())) {
      if (!byName.containsKey(name)) {
        problems.add(
            "%s is not a key of this kind; there are %s"
                .formatted(name, String.join(", ", new TreeSet<>(byName.keySet()))));
      }
    }
    Map<ConfigKey, Object> values = new HashMap<>();
    for (ConfigKey key : keys) {
      Object given = settings.get(key.name());
      if (given == null && key.fallback().isEmpty()) {
        problems.add("%s is required: %s".formatted(key.name(), key.doc()));
      } else {
        try {
          values.put(key, given == null ? fallback(key) : converted(key, given));
        } catch (IllegalArgumentException e) {
          problems.add("%s: %s".formatted(key.name(), e.getMessage()));
        }
      }
    }
    return new CheckedSettings(instance, values);
  }

  private static Object fallback(ConfigKey key) {
    String text = key.fallback().orElseThrow();
    return switch (key.type()) {
      case STRING_LIST -> text.isEmpty() ? List.of() : List.of(text.split(","));
      case STRING_MAP -> Map.of();
      case STRING, INTEGER, DECIMAL, BOOLEAN, DURATION -> scalar(key.type(), text);
    };
  }

  private static Object converted(ConfigKey key, Object given) {
    return switch (key.type()) {
      case STRING_LIST -> {
        if (!(given instanceof List<?> list)) {
          throw new IllegalArgumentException("'%s' is not a list".formatted(given));
        }
        yield list.stream().map(CheckedSettings::text).toList();
      }
      case STRING_MAP -> {
        if (!(given instanceof Map<?, ?> map)) {
          throw new IllegalArgumentException("'%s' is not a mapping".formatted(given));
        }
        Map<String, String> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(text(name), text(value)));
        yield Map.copyOf(copy);
      }
      case STRING, INTEGER, DECIMAL, BOOLEAN, DURATION -> scalar(key.type(), text(given));
    };
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case null -> throw new IllegalArgumentException("a value is missing");
      default -> throw new IllegalArgumentException("'%s' is not a single value".formatted(value));
    };
  }

  private static Object scalar(ConfigKey.Type type, String text) {
    return switch (type) {
      case STRING -> text;
      case INTEGER -> {
        try {
          yield Long.parseLong(text);
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException("'%s' is not a whole number".formatted(text), e);
        }
      }
      case DECIMAL -> {
        try {
          yield new BigDecimal(text).doubleValue();
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException("'%s' is not a number".formatted(text), e);
        }
      }
      case BOOLEAN ->
          switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                    "'%s' is neither true nor false".formatted(text));
          };
      case DURATION -> Durations.parse(text);
      case STRING_LIST, STRING_MAP -> throw new IllegalArgumentException("not a single value");
    };
  }

  private <T> T value(ConfigKey key, Class<T> type) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("plugin " + instance + " does not declare " + key.name());
    }
    return type.cast(value);
  }

  @Override
  public String instance() {
    return instance;
  }

  @Override
  public String string(ConfigKey key) {
    return value(key, String.class);
  }

  @Override
  public long integer(ConfigKey key) {
    return value(key, Long.class);
  }

  @Override
  public double decimal(ConfigKey key) {
    return value(key, Double.class);
  }

  @Override
  public boolean flag(ConfigKey key) {
    return value(key, Boolean.class);
  }

  @Override
  public Duration duration(ConfigKey key) {
    return value(key, Duration.class);
  }

  @Override
  @SuppressWarnings("unchecked") // put in as a list of strings by converted and fallback
  public List<String> strings(ConfigKey key) {
    return (List<String>) value(key, List.class);
  }

  @Override
  @SuppressWarnings("unchecked") // put in as a map of strings by converted and fallback
  public Map<String, String> map(ConfigKey key) {
    return (Map<String, String>) value(key, Map.class);
  }
}
