package io.argos.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;

/**
 * A schema registry that speaks Confluent's HTTP interface. Answers are kept for good, since an id
 * never changes its schema; failures are not. It registers only when told to.
 */
public final class RegistryClient implements SchemaIds, AutoCloseable {
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /**
   * How a registry is reached.
   *
   * @param url base address
   * @param tls TLS context for https; the JDK's when empty
   * @param basicAuth {@code user:password} for basic authentication
   * @param timeout longest wait for an answer
   */
  public record Access(
      URI url, Optional<SSLContext> tls, Optional<String> basicAuth, Duration timeout) {
    @Override
    public String toString() {
      return url.toString();
    }
  }

  private record Known(String subject, Schema schema) {}

  private final Access access;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();
  private final ConcurrentMap<Known, Integer> ids = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, Schema> schemas = new ConcurrentHashMap<>();

  public RegistryClient(Access access) {
    this.access = access;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(access.timeout());
    access.tls().ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  @Override
  public int idOf(String subject, Schema schema) {
    Known known = new Known(subject, schema);
    Integer cached = ids.get(known);
    if (cached != null) {
      return cached;
    }
    int id = post("/subjects/" + path(subject), body(schema)).path("id").asInt();
    ids.put(known, id);
    return id;
  }

  @Override
  public Schema schemaOf(int id) {
    Schema cached = schemas.get(id);
    if (cached != null) {
      return cached;
    }
    String text = send(request("/schemas/ids/" + id).GET().build()).path("schema").asText();
    Schema schema = parse(text);
    schemas.put(id, schema);
    return schema;
  }

  /**
   * Registers a schema under a subject, or finds it there.
   *
   * @return its id
   * @throws SchemaException with reason {@code INCOMPATIBLE} when it breaks the subject
   */
  public int register(String subject, Schema schema) {
    return post("/subjects/" + path(subject) + "/versions", body(schema)).path("id").asInt();
  }

  /** All subjects. Also tells whether the registry answers. */
  public List<String> subjects() {
    List<String> subjects = new ArrayList<>();
    send(request("/subjects").GET().build()).forEach(subject -> subjects.add(subject.asText()));
    return subjects;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private JsonNode post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", MEDIA_TYPE)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    String base = access.url().toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(access.timeout())
            .header("Accept", MEDIA_TYPE);
    access
        .basicAuth()
        .map(pair -> Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
        .ifPresent(encoded -> builder.header("Authorization", "Basic " + encoded));
    return builder;
  }

  private JsonNode send(HttpRequest request) {
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("interrupted while asking", e);
    } catch (IOException e) {
      String message = e.getMessage();
      throw unreachable(message == null ? e.getClass().getSimpleName() : message, e);
    }
    if (response.statusCode() / 100 == 2) {
      return read(response.body());
    }
    String said = "%s %s: %s".formatted(request.method(), request.uri(), said(response));
    throw new SchemaException(
        switch (response.statusCode()) {
          case NOT_FOUND -> SchemaException.Reason.UNKNOWN;
          case CONFLICT -> SchemaException.Reason.INCOMPATIBLE;
          default -> SchemaException.Reason.UNREACHABLE;
        },
        said);
  }

  private String said(HttpResponse<String> response) {
    try {
      String message = json.readTree(response.body()).path("message").asText();
      return message.isEmpty() ? "status " + response.statusCode() : message;
    } catch (JsonProcessingException e) {
      return "status " + response.statusCode();
    }
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw unreachable("it answers what is not JSON", e);
    }
  }

  private Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (org.apache.avro.AvroRuntimeException e) {
      throw new SchemaException(
          SchemaException.Reason.UNKNOWN,
          "the registry holds a schema that is none: " + e.getMessage(),
          e);
    }
  }

  private SchemaException unreachable(String why, Exception cause) {
    return new SchemaException(
        SchemaException.Reason.UNREACHABLE,
        "schema registry %s is out of reach: %s".formatted(access, why),
        cause);
  }

  private static String body(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString()).toString();
  }

  private static String path(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
