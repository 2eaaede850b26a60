package io.argos.runtime.startup;

import io.argos.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Kafka takes a connection and describes its cluster. */
final class KafkaReachable implements Requirement {
  static final Map<String, Object> SHORT =
      Map.of("default.api.timeout.ms", 5_000, "request.timeout.ms", 4_000);

  private final KafkaClients clients;

  KafkaReachable(KafkaClients clients) {
    this.clients = clients;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String place() {
    return clients.bootstrap();
  }

  @Override
  public Optional<String> missing() throws InterruptedException {
    return asked(clients, KafkaReachable::described);
  }

  /** Why the cluster does not describe itself; nothing when it does. */
  static Optional<String> described(Admin admin) throws InterruptedException {
    try {
      admin.describeCluster().nodes().get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of("unreachable: " + root(e));
    }
  }

  /** Asks with an administrative client that lives for one question. */
  @FunctionalInterface
  interface Question {
    Optional<String> ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  static Optional<String> asked(KafkaClients clients, Question question)
      throws InterruptedException {
    // A client would log each attempt: it is made when a port is open.
    Optional<String> closed = Requirements.unreachable(clients.config().bootstrapServers());
    if (closed.isPresent()) {
      return closed;
    }
    Admin admin;
    try {
      admin = clients.admin(SHORT);
    } catch (KafkaException e) {
      return Optional.of("unreachable: " + root(e));
    }
    try {
      return question.ask(admin);
    } catch (ExecutionException e) {
      return Optional.of("unreachable: " + root(e));
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private static String root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }
}
