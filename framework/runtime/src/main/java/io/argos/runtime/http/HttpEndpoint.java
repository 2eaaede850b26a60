package io.argos.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.argos.config.HttpConfig;
import io.argos.runtime.health.Health;
import io.argos.runtime.metrics.Meters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a supervisor and Prometheus: {@code /health/live}, {@code /health/ready} and {@code
 * /health/started} (200 or 503, with the conditions and their reasons as JSON) and {@code
 * /metrics}. Others may add paths. Each request runs on a virtual thread.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpEndpoint.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Health health;

  private HttpEndpoint(HttpServer server, Health health) {
    this.server = server;
    this.health = health;
  }

  /** Binds and answers from the return on; a taken port is named in the exception. */
  public static HttpEndpoint start(HttpConfig config, Health health, Meters meters) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(config.bind(), config.port()), 0);
    } catch (BindException e) {
      throw new UncheckedIOException(
          "Port %d of the HTTP endpoint cannot be had on %s (%s): stop what uses it, or set http.port to another, 0 for any."
              .formatted(config.port(), config.bind(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("The HTTP endpoint cannot start on " + config.bind(), e);
    }
    var endpoint = new HttpEndpoint(server, health);
    server.setExecutor(endpoint.requests);
    endpoint.handle("/health/live", exchange -> endpoint.health(exchange, Health.Aspect.LIVE));
    endpoint.handle("/health/ready", exchange -> endpoint.health(exchange, Health.Aspect.READY));
    endpoint.handle(
        "/health/started", exchange -> endpoint.health(exchange, Health.Aspect.STARTED));
    endpoint.handle(
        "/metrics",
        exchange ->
            answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape()));
    server.start();
    log.info("http listening address={} port={}", config.bind(), endpoint.port());
    return endpoint;
  }

  /** Adds a path, answered for GET and HEAD; the handler need not close the exchange. */
  public void handle(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
              answer(exchange, 404, "text/plain; charset=utf-8", "no such path\n");
            } else if (!exchange.getRequestMethod().equals("GET")
                && !exchange.getRequestMethod().equals("HEAD")) {
              exchange.getResponseHeaders().set("Allow", "GET, HEAD");
              answer(exchange, 405, "text/plain; charset=utf-8", "GET or HEAD only\n");
            } else {
              handler.handle(exchange);
            }
          } catch (RuntimeException e) {
            log.warn("http request failed path={}", path, e);
          }
        });
  }

  /** Adds a whole tree of paths that answers every method itself, such as an API. */
  public void mount(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** The port in use. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }

  private void health(HttpExchange exchange, Health.Aspect aspect) throws IOException {
    Health.Status status = health.status(aspect);
    Map<String, Object> checks = new LinkedHashMap<>();
    for (Health.Check check : status.checks()) {
      if (check.met()) {
        // A server is looked for at the start and watched after it, under one name.
        checks.putIfAbsent(check.name(), "ok");
      } else {
        checks.put(check.name(), check.reason());
      }
    }
    status.degraded().forEach(check -> checks.put(check.name(), check.reason()));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", summary(status));
    body.put("checks", checks);
    answer(
        exchange,
        status.ok() ? 200 : 503,
        "application/json; charset=utf-8",
        JSON.writeValueAsString(body) + "\n");
  }

  private static String summary(Health.Status status) {
    if (!status.ok()) {
      return "unavailable";
    }
    return status.degraded().isEmpty() ? "ok" : "degraded";
  }

  private static void answer(HttpExchange exchange, int code, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(code, -1);
    } else {
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
