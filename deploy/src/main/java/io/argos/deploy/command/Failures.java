package io.argos.deploy.command;

import io.argos.config.ConfigException;
import io.argos.schemas.serde.SchemaException;
import io.argos.spi.SecretsUnavailableException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.TimeoutException;

/** The one place where exceptions become exit codes and sentences. */
final class Failures {
  private Failures() {}

  /**
   * @param message for the person who called; may have several lines for a configuration
   */
  record Failure(ExitCode exitCode, String message) {}

  static Failure of(Throwable thrown) {
    return switch (thrown) {
      case CommandFailure failure -> new Failure(failure.exitCode(), message(failure));
      case ConfigException config -> {
        int count = config.problems().size();
        yield new Failure(
            ExitCode.BAD_CONFIGURATION,
            message(config)
                + "\n"
                + (count == 1 ? "1 problem" : count + " problems")
                + " in the configuration");
      }
      case SchemaException schema ->
          new Failure(
              switch (schema.reason()) {
                case UNREACHABLE -> ExitCode.UNREACHABLE;
                case UNKNOWN -> ExitCode.NOT_FOUND;
                case INCOMPATIBLE -> ExitCode.FAILED;
              },
              message(schema));
      case TimeoutException timeout ->
          new Failure(ExitCode.UNREACHABLE, "Kafka does not answer: " + message(timeout));
      case DisconnectException gone ->
          new Failure(ExitCode.UNREACHABLE, "Kafka closed the connection: " + message(gone));
      case NetworkException gone ->
          new Failure(ExitCode.UNREACHABLE, "Kafka is out of reach: " + message(gone));
      case SecretsUnavailableException gone -> new Failure(ExitCode.UNREACHABLE, message(gone));
      case ExecutionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case UncheckedIOException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case ConnectException refused -> new Failure(ExitCode.UNREACHABLE, message(refused));
      case KafkaException kafka
          when kafka.getCause() instanceof org.apache.kafka.common.config.ConfigException cause ->
          new Failure(ExitCode.UNREACHABLE, "Kafka client: " + message(cause));
      case InterruptedException _ -> new Failure(ExitCode.FAILED, "interrupted");
      default -> new Failure(ExitCode.FAILED, message(thrown));
    };
  }

  private static String message(Throwable thrown) {
    var message = thrown.getMessage();
    return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
  }
}
