package io.argos.servers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paths and bodies of Confluent's interface. */
final class RegistryRoutes implements HttpHandler {
  static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private static final Logger log = LoggerFactory.getLogger(RegistryRoutes.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LARGEST_BODY = 1 << 20;

  private final SchemaRegistry registry;

  RegistryRoutes(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange, 200, route(exchange));
      } catch (RegistryException e) {
        refuse(exchange, e.status(), e.code(), String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        log.warn("registry request failed path={}", exchange.getRequestURI(), e);
        refuse(exchange, 500, 50001, "Error in the backend data store");
      }
    }
  }

  private JsonNode route(HttpExchange exchange) throws RegistryException, IOException {
    List<String> path = segments(exchange.getRequestURI().getRawPath());
    return switch (path.isEmpty() ? "" : path.getFirst()) {
      case "" -> NODES.objectNode();
      case "subjects" -> subjects(exchange, path);
      case "schemas" -> schemas(exchange, path);
      case "compatibility" -> compatibility(exchange, path);
      case "config" -> config(exchange, path);
      default -> throw RegistryException.noPath();
    };
  }

  private JsonNode subjects(HttpExchange exchange, List<String> path)
      throws RegistryException, IOException {
    String method = exchange.getRequestMethod();
    return switch (path.size()) {
      case 1 -> {
        allow(method, "GET");
        ArrayNode names = NODES.arrayNode();
        registry.state().subjects().forEach(names::add);
        yield names;
      }
      case 2 -> {
        allow(method, "POST");
        registry.versions(path.get(1));
        yield described(registry.lookup(path.get(1), schema(exchange)));
      }
      case 3 -> {
        expect(path.get(2), "versions");
        if (method.equals("POST")) {
          yield registered(registry.register(path.get(1), schema(exchange)));
        }
        allow(method, "GET");
        ArrayNode numbers = NODES.arrayNode();
        registry.versions(path.get(1)).forEach(version -> numbers.add(version.version()));
        yield numbers;
      }
      case 4 -> {
        expect(path.get(2), "versions");
        allow(method, "GET");
        yield described(registry.version(path.get(1), path.get(3)));
      }
      case 5 -> {
        expect(path.get(2), "versions");
        expect(path.get(4), "schema");
        allow(method, "GET");
        yield JSON.readTree(registry.version(path.get(1), path.get(3)).text());
      }
      default -> throw RegistryException.noPath();
    };
  }

  private JsonNode schemas(HttpExchange exchange, List<String> path)
      throws RegistryException, IOException {
    allow(exchange.getRequestMethod(), "GET");
    if (path.size() == 2 && path.get(1).equals("types")) {
      return NODES.arrayNode().add("AVRO");
    }
    if (path.size() < 3 || !path.get(1).equals("ids")) {
      throw RegistryException.noPath();
    }
    RegistryState state = registry.state();
    RegisteredSchema schema = byId(state, path.get(2));
    if (path.size() == 3) {
      return NODES.objectNode().put("schema", schema.text());
    }
    ArrayNode uses = NODES.arrayNode();
    switch (path.get(3)) {
      case "schema" -> {
        return JSON.readTree(schema.text());
      }
      case "subjects" -> state.uses(schema.id()).forEach(use -> uses.add(use.subject()));
      case "versions" ->
          state
              .uses(schema.id())
              .forEach(use ->
                  uses.addObject().put("subject", use.subject()).put("version", use.version()));
      default -> throw RegistryException.noPath();
    }
    return uses;
  }

  private JsonNode compatibility(HttpExchange exchange, List<String> path)
      throws RegistryException, IOException {
    boolean one = path.size() == 5;
    if (!one && path.size() != 4) {
      throw RegistryException.noPath();
    }
    expect(path.get(1), "subjects");
    expect(path.get(3), "versions");
    allow(exchange.getRequestMethod(), "POST");
    String subject = path.get(2);
    Schema candidate = schema(exchange);
    List<RegisteredSchema> against =
        one ? List.of(registry.version(subject, path.get(4))) : registry.state().versions(subject);
    List<String> breaks = registry.state().levelInForce(subject).breaks(candidate, against);
    ObjectNode answer = NODES.objectNode().put("is_compatible", breaks.isEmpty());
    if (query(exchange, "verbose=true")) {
      ArrayNode messages = answer.putArray("messages");
      breaks.forEach(messages::add);
    }
    return answer;
  }

  private JsonNode config(HttpExchange exchange, List<String> path)
      throws RegistryException, IOException {
    if (path.size() > 2) {
      throw RegistryException.noPath();
    }
    String subject = path.size() == 2 ? path.get(1) : RegistryState.GLOBAL;
    if (exchange.getRequestMethod().equals("PUT")) {
      String wanted = body(exchange).path("compatibility").asText();
      Compatibility level =
          Compatibility.of(wanted).orElseThrow(() -> RegistryException.invalidLevel(wanted));
      registry.setLevel(subject, level);
      return NODES.objectNode().put("compatibility", level.name());
    }
    allow(exchange.getRequestMethod(), "GET");
    RegistryState state = registry.state();
    boolean inherited = subject.isEmpty() || query(exchange, "defaultToGlobal=true");
    Optional<Compatibility> level =
        inherited ? Optional.of(state.levelInForce(subject)) : state.level(subject);
    return NODES
        .objectNode()
        .put(
            "compatibilityLevel",
            level.orElseThrow(() -> RegistryException.noSubjectConfig(subject)).name());
  }

  private static RegisteredSchema byId(RegistryState state, String id) throws RegistryException {
    try {
      return state.byId(Integer.parseInt(id)).orElseThrow(RegistryException::noSchema);
    } catch (NumberFormatException _) {
      throw RegistryException.noSchema();
    }
  }

  private static ObjectNode described(RegisteredSchema schema) {
    return NODES
        .objectNode()
        .put("subject", schema.subject())
        .put("version", schema.version())
        .put("id", schema.id())
        .put("schema", schema.text());
  }

  private static ObjectNode registered(RegisteredSchema schema) {
    return NODES.objectNode().put("id", schema.id());
  }

  private static Schema schema(HttpExchange exchange) throws RegistryException, IOException {
    JsonNode body = body(exchange);
    if (!body.path("schemaType").asText("AVRO").equals("AVRO")) {
      throw RegistryException.invalidSchema("only schemas of type AVRO are kept here");
    }
    if (!body.path("references").isEmpty()) {
      throw RegistryException.invalidSchema("references to other schemas are not kept here");
    }
    if (!body.path("schema").isTextual()) {
      throw RegistryException.invalidSchema("the body has no text named schema");
    }
    return SchemaRegistry.parse(body.path("schema").asText());
  }

  private static JsonNode body(HttpExchange exchange) throws RegistryException, IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw RegistryException.badRequest("the body is larger than " + LARGEST_BODY + " bytes");
    }
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException _) {
      throw RegistryException.badRequest("the body is not JSON");
    }
  }

  private static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String segment : rawPath.split("/", -1)) {
      if (!segment.isEmpty()) {
        // In a path, unlike in a form, a plus is a plus.
        segments.add(URLDecoder.decode(segment.replace("+", "%2B"), UTF_8));
      }
    }
    return segments;
  }

  private static boolean query(HttpExchange exchange, String wanted) {
    String query = exchange.getRequestURI().getRawQuery();
    return query != null && List.of(query.split("&", -1)).contains(wanted);
  }

  private static void allow(String method, String allowed) throws RegistryException {
    if (!method.equals(allowed)) {
      throw RegistryException.noMethod();
    }
  }

  private static void expect(String segment, String expected) throws RegistryException {
    if (!segment.equals(expected)) {
      throw RegistryException.noPath();
    }
  }

  private static void refuse(HttpExchange exchange, int status, int code, String message)
      throws IOException {
    answer(exchange, status, NODES.objectNode().put("error_code", code).put("message", message));
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
