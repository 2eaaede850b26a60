package io.argos.polling.trap;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PollWishesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final PollWishes wishes = new PollWishes(Duration.ofSeconds(10), "a");

  @Test
  void asksOnceInASpanAndOnceMoreForWhatCameAfter() {
    wishes.add("lab/r1");
    assertThat(wishes.due(START)).extracting(Request::getResourceId).containsExactly("lab/r1");
    wishes.add("lab/r1");
    wishes.add("lab/r1");
    assertThat(wishes.due(START.plusSeconds(9))).isEmpty();

    assertThat(wishes.due(START.plusSeconds(10))).hasSize(1);
    assertThat(wishes.due(START.plusSeconds(30))).isEmpty();
  }

  @Test
  void givesTheWishesOfTwoProcessesOneId() {
    PollWishes other = new PollWishes(Duration.ofSeconds(10), "b");
    wishes.add("lab/r1");
    other.add("lab/r1");

    List<Request> one = wishes.due(START.plusSeconds(1));
    List<Request> two = other.due(START.plusSeconds(8));

    assertThat(one.getFirst().getRequestId()).isEqualTo(two.getFirst().getRequestId());
  }

  @Test
  void goesOnAtItsRateWhenTheClockIsSetBack() {
    for (int i = 0; i < 1_000; i++) {
      wishes.add("lab/r" + i);
    }
    assertThat(wishes.due(START)).hasSize(500);

    Instant back = START.minusSeconds(3_600);

    assertThat(wishes.due(back)).isEmpty();
    assertThat(wishes.due(back.plusSeconds(2))).hasSize(100);
  }

  @Test
  void spreadsTheWishesOfAWholeEstateOverTime() {
    for (int i = 0; i < 1_000; i++) {
      wishes.add("lab/r" + i);
    }

    assertThat(wishes.due(START)).hasSize(500);
    assertThat(wishes.due(START.plusSeconds(2))).hasSize(100);
    assertThat(wishes.due(START.plusSeconds(12))).hasSize(400);
  }

  @Test
  void asksFirstForWhatWaitsLongestInAStormThatDoesNotEnd() {
    Set<String> asked = new HashSet<>();
    for (int second = 0; second < 20; second++) {
      for (int i = 0; i < 1_000; i++) {
        wishes.add("lab/r" + i);
      }
      wishes.due(START.plusSeconds(second)).forEach(request -> asked.add(request.getResourceId()));
    }

    assertThat(asked).hasSize(1_000);
  }
}
