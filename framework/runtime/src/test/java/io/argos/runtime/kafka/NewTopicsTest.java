package io.argos.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class NewTopicsTest {
  private static final List<NewTopic> TOPICS = List.of(new NewTopic("new", 2, (short) 1));

  @Test
  void areAwaitedWhileTheClientGivesUpOnTheirLeaders() throws Exception {
    try (Answers admin =
        new Answers(3, new TimeoutException("Timed out waiting for a node assignment"))) {
      NewTopics.awaitServed(admin, TOPICS);

      assertThat(admin.asked).hasValue(4);
    }
  }

  @Test
  void areNotAwaitedWhereWaitingDoesNotHelp() {
    try (Answers admin = new Answers(1, new AuthorizationException("not yours"))) {
      assertThatThrownBy(() -> NewTopics.awaitServed(admin, TOPICS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(AuthorizationException.class);
    }
  }

  /** Fails to tell offsets so many times. */
  private static final class Answers extends ForwardingAdmin {
    private final AtomicInteger asked = new AtomicInteger();
    private final int failures;
    private final RuntimeException failure;

    Answers(int failures, RuntimeException failure) {
      super(Map.of("bootstrap.servers", "127.0.0.1:1"));
      this.failures = failures;
      this.failure = failure;
    }

    @Override
    public ListOffsetsResult listOffsets(
        Map<TopicPartition, OffsetSpec> partitions, ListOffsetsOptions options) {
      boolean fails = asked.getAndIncrement() < failures;
      return new ListOffsetsResult(
          partitions.keySet().stream()
              .collect(
                  Collectors.toMap(
                      Function.identity(),
                      _ -> {
                        var answer = new KafkaFutureImpl<ListOffsetsResultInfo>();
                        if (fails) {
                          answer.completeExceptionally(failure);
                        } else {
                          answer.complete(
                              new ListOffsetsResultInfo(0, 0, java.util.Optional.empty()));
                        }
                        return answer;
                      })));
    }
  }
}
