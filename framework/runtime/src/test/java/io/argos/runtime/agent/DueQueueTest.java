package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DueQueueTest {
  private final DueQueue queue = new DueQueue();

  @Test
  void givesJobsInTheOrderOfTheirTimesAndNoneEarly() {
    HeldJob late = TestJobs.of("s/late").held();
    HeldJob early = TestJobs.of("s/early").held();
    queue.add(late, 200);
    queue.add(early, 100);

    assertThat(queue.poll(99)).isNull();
    assertThat(queue.next()).isEqualTo(100);
    assertThat(queue.poll(200)).isSameAs(early);
    assertThat(queue.poll(200)).isSameAs(late);
    assertThat(queue.next()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void followsAJobToItsLatestTime() {
    HeldJob job = TestJobs.of("s/a").held();
    queue.add(job, 100);
    queue.add(job, 300);

    assertThat(queue.poll(250)).isNull();
    assertThat(queue.poll(300)).isSameAs(job);
    assertThat(queue.poll(1000)).isNull();
  }

  @Test
  void skipsJobsThatNoLongerWait() {
    HeldJob gone = TestJobs.of("s/a").held();
    queue.add(gone, 100);

    gone.place = HeldJob.Place.GONE;

    assertThat(queue.next()).isEqualTo(Long.MAX_VALUE);
    assertThat(queue.poll(1000)).isNull();
  }
}
