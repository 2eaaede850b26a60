package io.argos.servers.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of the registry. Reads are answered from memory by any thread; all writes go through
 * one thread, to the log first and to memory after. A write whose fate is unknown makes the
 * registry read its log again before it answers anything.
 */
final class SchemaRegistry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SchemaRegistry.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);

  private final RegistryLog schemas;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("schema-registry-writer").factory());
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch firstLoad = new CountDownLatch(1);

  /** Null until the log has been read. */
  private volatile @Nullable RegistryState state;

  private volatile String unready = "the log of schemas is being read";

  SchemaRegistry(RegistryLog schemas) {
    this.schemas = schemas;
    writer.execute(this::load);
  }

  boolean awaitReady(Duration wait) throws InterruptedException {
    return firstLoad.await(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  String unready() {
    return unready;
  }

  /** What is registered. */
  RegistryState state() throws RegistryException {
    RegistryState current = state;
    if (current == null) {
      throw RegistryException.notReady(unready);
    }
    return current;
  }

  /** The versions of a subject, of which there is one at least. */
  List<RegisteredSchema> versions(String subject) throws RegistryException {
    List<RegisteredSchema> versions = state().versions(subject);
    if (versions.isEmpty()) {
      throw RegistryException.noSubject(subject);
    }
    return versions;
  }

  /** A version of a subject by its number or {@code latest}. */
  RegisteredSchema version(String subject, String version) throws RegistryException {
    List<RegisteredSchema> versions = versions(subject);
    if (version.equals("latest") || version.equals("-1")) {
      return versions.getLast();
    }
    int number = number(version);
    return versions.stream()
        .filter(schema -> schema.version() == number)
        .findFirst()
        .orElseThrow(() -> RegistryException.noVersion(version));
  }

  /** The version of a subject that has this schema. */
  RegisteredSchema lookup(String subject, Schema schema) throws RegistryException {
    return find(versions(subject), schema).orElseThrow(RegistryException::noSchema);
  }

  /** Registers a schema, or finds it where it is registered already. */
  RegisteredSchema register(String subject, Schema schema) throws RegistryException {
    Optional<RegisteredSchema> known = find(state().versions(subject), schema);
    if (known.isPresent()) {
      return known.get();
    }
    return write(() -> append(subject, schema));
  }

  /** Sets the level of a subject, or of all. */
  void setLevel(String subject, Compatibility level) throws RegistryException {
    var record = new RegistryRecord.LevelRecord(subject, level);
    write(() -> {
      RegistryState current = state();
      append(record);
      current.apply(record);
      return record;
    });
  }

  static Schema parse(String text) throws RegistryException {
    try {
      return new Schema.Parser().parse(text);
    } catch (RuntimeException e) {
      // Avro's parser also fails with NullPointerException and the like on a type it does not know.
      throw RegistryException.invalidSchema(String.valueOf(e.getMessage()));
    }
  }

  static int number(String version) throws RegistryException {
    try {
      int number = Integer.parseInt(version);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Answered below, as for a number that is none of a version.
    }
    throw RegistryException.invalidVersion(version);
  }

  @Override
  public void close() {
    closing.countDown();
    writer.shutdownNow();
    try {
      if (!writer.awaitTermination(CLOSE_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("registry writer close overran bound={}", CLOSE_BOUND);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    schemas.close();
  }

  private RegisteredSchema append(String subject, Schema schema)
      throws RegistryException, InterruptedException {
    RegistryState current = state();
    List<RegisteredSchema> former = current.versions(subject);
    // Another request may have registered it since we looked.
    Optional<RegisteredSchema> known = find(former, schema);
    if (known.isPresent()) {
      return known.get();
    }
    List<String> breaks = current.levelInForce(subject).breaks(schema, former);
    if (!breaks.isEmpty()) {
      throw RegistryException.incompatible(subject, breaks);
    }
    String text = schema.toString();
    int version = current.nextVersion(subject);
    int id = current.idFor(text);
    var record = new RegistryRecord.SchemaRecord(subject, version, id, text, false);
    append(record);
    current.apply(record);
    log.info("schema registered subject={} version={} id={}", subject, version, id);
    return new RegisteredSchema(subject, version, id, text, schema);
  }

  private void append(RegistryRecord record) throws RegistryException, InterruptedException {
    try {
      schemas.append(record);
    } catch (ExecutionException | KafkaException e) {
      // Whether Kafka has it is unknown, so memory may no longer be what the log says.
      state = null;
      unready = "the log of schemas is being read again after a failed write";
      writer.execute(this::load);
      throw RegistryException.storeFailed(String.valueOf(e.getMessage()));
    }
  }

  private interface Write<T> {
    T run() throws RegistryException, InterruptedException;
  }

  private <T> T write(Write<T> write) throws RegistryException {
    try {
      return writer.submit(write::run).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RegistryException refused) {
        throw refused;
      }
      throw new IllegalStateException("write to the registry failed", e.getCause());
    } catch (RejectedExecutionException _) {
      throw RegistryException.notReady("it is closing");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw RegistryException.notReady("it is closing");
    }
  }

  private static Optional<RegisteredSchema> find(List<RegisteredSchema> versions, Schema schema) {
    String text = schema.toString();
    return versions.stream().filter(version -> version.text().equals(text)).findFirst();
  }

  /** Reads the log, and again until it succeeds; one line per change. */
  private void load() {
    long pauseMillis = 250;
    boolean said = false;
    try {
      while (closing.getCount() > 0) {
        try {
          schemas.ensureTopic();
          var loaded = new RegistryState();
          long records = schemas.readAll(loaded::apply);
          state = loaded;
          firstLoad.countDown();
          log.info("registry ready subjects={} records={}", loaded.subjects().size(), records);
          return;
        } catch (KafkaException | IllegalStateException e) {
          unready = "its log cannot be read: " + e.getMessage();
          if (!said) {
            log.warn("registry cannot read its log, trying on cause=\"{}\"", unready, e);
            said = true;
          }
        }
        if (closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
          return;
        }
        pauseMillis = Math.min(LONGEST_PAUSE.toMillis(), pauseMillis * 2);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
