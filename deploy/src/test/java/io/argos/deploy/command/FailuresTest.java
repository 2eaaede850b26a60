package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.serde.SchemaException;
import io.argos.spi.SecretsUnavailableException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new CommandFailure(ExitCode.NOT_FOUND, "none"), ExitCode.NOT_FOUND, "none"),
        Arguments.of(
            new ExecutionException(new TimeoutException("no answer in 15 s")),
            ExitCode.UNREACHABLE,
            "Kafka does not answer: no answer in 15 s"),
        Arguments.of(
            new SchemaException(SchemaException.Reason.UNREACHABLE, "registry gone"),
            ExitCode.UNREACHABLE,
            "registry gone"),
        Arguments.of(
            new SchemaException(SchemaException.Reason.INCOMPATIBLE, "breaks"),
            ExitCode.FAILED,
            "breaks"),
        Arguments.of(
            new SecretsUnavailableException("Redis gone", new IllegalStateException()),
            ExitCode.UNREACHABLE,
            "Redis gone"),
        Arguments.of(
            new UncheckedIOException(new ConnectException("Connection refused")),
            ExitCode.UNREACHABLE,
            "Connection refused"),
        Arguments.of(
            new ExecutionException(new AuthorizationException("not allowed")),
            ExitCode.FAILED,
            "not allowed"),
        Arguments.of(new IllegalStateException(), ExitCode.FAILED, "IllegalStateException"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void eachFailureHasItsCodeAndSentence(Throwable thrown, ExitCode code, String message) {
    assertThat(Failures.of(thrown)).isEqualTo(new Failures.Failure(code, message));
  }
}
