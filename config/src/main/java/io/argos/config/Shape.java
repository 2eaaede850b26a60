package io.argos.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The shape of the configuration, read once from the components of its records. Binding, the
 * default file and the reference page all follow it, so that none of them can miss a key.
 */
sealed interface Shape {

  /** A mapping with known keys. */
  record RecordShape(Class<? extends Record> type, List<Slot> slots) implements Shape {
    List<Key> keys() {
      return slots.stream()
          .flatMap(slot ->
              slot instanceof Key key ? Optional.of(key).stream() : Optional.<Key>empty().stream())
          .toList();
    }

    Optional<Key> key(String name) {
      return keys().stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** Names the key that was meant: of this section, or of the same name in another one. */
    String unknownKey(String name, RecordShape root) {
      List<String> known = keys().stream().map(Key::name).toList();
      Optional<String> near = Suggestion.nearest(name, known);
      if (near.isPresent()) {
        return "unknown key; did you mean '" + near.get() + "'?";
      }
      List<String> elsewhere =
          root.keys().stream()
              .filter(key ->
                  key.shape() instanceof RecordShape section && section.key(name).isPresent())
              .map(key -> key.name() + "." + name)
              .toList();
      return elsewhere.size() == 1
          ? "unknown key; did you mean '" + elsewhere.getFirst() + "'?"
          : "unknown key; known are " + String.join(", ", known);
    }
  }

  record ScalarShape(Kind kind) implements Shape {}

  record ListShape(Shape element) implements Shape {
    /** Lists of records with a name are merged by it; any other list replaces the one before. */
    boolean named() {
      return element instanceof RecordShape entry && entry.key("name").isPresent();
    }
  }

  record MapShape(Shape value) implements Shape {}

  /** Anything: the keys belong to a plugin, which checks them. */
  record FreeShape() implements Shape {}

  /** One component of a record. */
  sealed interface Slot {}

  /** The component that takes the place of its mapping. */
  record PlaceSlot(boolean ofKeys) implements Slot {}

  /**
   * One key.
   *
   * @param optional the component is an {@link Optional}
   * @param fallback written form of the default
   */
  record Key(
      String name,
      Shape shape,
      boolean optional,
      String doc,
      Optional<String> fallback,
      Optional<Range> range,
      List<String> oneOf)
      implements Slot {
    boolean required() {
      return !optional && fallback.isEmpty() && !(shape instanceof RecordShape);
    }
  }

  enum Kind {
    STRING("text"),
    INT("integer"),
    SHORT("integer"),
    LONG("integer"),
    DOUBLE("number"),
    BOOLEAN("true or false"),
    DURATION("duration"),
    PATH("path"),
    URI("address"),
    ZONE_ID("time zone"),
    SENSITIVE("secret");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Name for the reference page. */
    String label() {
      return label;
    }

    private static final Map<Class<?>, Kind> BY_TYPE =
        Map.ofEntries(
            Map.entry(String.class, STRING),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(short.class, SHORT),
            Map.entry(Short.class, SHORT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(Duration.class, DURATION),
            Map.entry(Path.class, PATH),
            Map.entry(URI.class, URI),
            Map.entry(ZoneId.class, ZONE_ID),
            Map.entry(Sensitive.class, SENSITIVE));
  }

  /** Shape of a record of the configuration. */
  static RecordShape of(Class<? extends Record> type) {
    var slots = new ArrayList<Slot>();
    for (var component : type.getRecordComponents()) {
      slots.add(
          component.isAnnotationPresent(Place.class)
              ? new PlaceSlot(component.getType() == Map.class)
              : key(type, component));
    }
    return new RecordShape(type, List.copyOf(slots));
  }

  private static Key key(Class<?> owner, RecordComponent component) {
    var type = component.getGenericType();
    boolean optional = raw(type) == Optional.class;
    var doc = component.getAnnotation(Doc.class);
    if (doc == null) {
      throw new IllegalStateException(
          owner.getSimpleName() + "." + component.getName() + " has no @Doc");
    }
    var oneOf = component.getAnnotation(OneOf.class);
    return new Key(
        kebab(component.getName()),
        shape(optional ? argument(type, 0) : type),
        optional,
        doc.value(),
        Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value),
        Optional.ofNullable(component.getAnnotation(Range.class)),
        oneOf == null ? List.of() : Arrays.asList(oneOf.value()));
  }

  private static Shape shape(Type type) {
    var raw = raw(type);
    if (raw == Object.class) {
      return new FreeShape();
    }
    if (raw == List.class) {
      return new ListShape(shape(argument(type, 0)));
    }
    if (raw == Map.class) {
      return new MapShape(shape(argument(type, 1)));
    }
    if (raw.isRecord()) {
      return of(raw.asSubclass(Record.class));
    }
    var kind = Kind.BY_TYPE.get(raw);
    if (kind == null) {
      throw new IllegalStateException("a key cannot have the type " + type.getTypeName());
    }
    return new ScalarShape(kind);
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalStateException("a key cannot have the type " + type);
    };
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  /** {@code bootstrapServers} becomes {@code bootstrap-servers}. */
  static String kebab(String camel) {
    return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
