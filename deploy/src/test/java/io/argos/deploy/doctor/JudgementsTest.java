package io.argos.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.deploy.doctor.Result.Verdict;
import io.argos.deploy.topic.Cluster;
import io.argos.deploy.topic.TopicState;
import io.argos.deploy.worker.Worker;
import io.argos.deploy.worker.ZoneLoad;
import io.argos.schemas.Epoch;
import io.argos.schemas.Heartbeat;
import io.argos.spi.SecretsUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each check makes of what it found. */
class JudgementsTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void judgesTopics() {
    assertThat(TopicChecks.judge(topics(3, "2"), 3)).allMatch(JudgementsTest::ok);
    assertThat(TopicChecks.judge(topics(1, "1"), 1)).allMatch(JudgementsTest::ok);
    assertThat(TopicChecks.judge(List.of(new TopicState(spec(0), Optional.empty())), 1))
        .containsExactly(
            Result.fail("topics", "presence", "no topics yet: run argos topics ensure"));

    List<TopicState> spoilt = topics(1, "1");
    spoilt.set(0, new TopicState(spec(0), Optional.empty()));
    spoilt.set(
        2, new TopicState(spec(2), Optional.of(new TopicState.Found(7, 1, configs(2, "1")))));
    Map<String, String> other = configs(4, "1");
    other.put("cleanup.policy", "delete,compact");
    spoilt.set(
        4,
        new TopicState(spec(4), Optional.of(new TopicState.Found(spec(4).partitions(), 1, other))));
    assertThat(TopicChecks.judge(spoilt, 1))
        .extracting(Result::name, Result::verdict)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("presence", Verdict.FAIL),
            org.assertj.core.groups.Tuple.tuple("partitions", Verdict.FAIL),
            org.assertj.core.groups.Tuple.tuple("settings", Verdict.WARN),
            org.assertj.core.groups.Tuple.tuple("replicas", Verdict.OK));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 3, FAIL, nothing can be written",
    "1, 1, 3, WARN, have one replica",
    "2, 2, 3, WARN, need all replicas in step",
    "3, 1, 3, WARN, set min.insync.replicas to 2",
    "3, 2, 3, OK, more than are needed"
  })
  void judgesReplicas(int replicas, String least, int brokers, Verdict verdict, String words) {
    Result result = TopicChecks.judge(topics(replicas, least), brokers).getLast();

    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.sentence()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "'', , , FAIL, nobody stands",
    "a, , , WARN, has taken no epoch yet",
    "a+b, 3, a:3, OK, 'a leads under epoch 3, 1 stand by'",
    "a, 4, a:3, WARN, 'ZooKeeper says epoch 4, the topic epochs 3'",
    "b+a, 3, a:3, WARN, b is first in line and a has the epoch"
  })
  void judgesLeaders(String queue, Long kept, String logged, Verdict verdict, String words) {
    var seat =
        new LeaderChecks.Seat(
            queue.isEmpty() ? List.of() : List.of(queue.split("\\+")), Optional.ofNullable(kept));
    Optional<Epoch> epoch =
        Optional.ofNullable(logged)
            .map(text -> text.split(":"))
            .map(parts -> new Epoch("polling", Long.parseLong(parts[1]), parts[0], AT));

    Result result = LeaderChecks.judge("polling", seat, epoch);

    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.sentence()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({"1999, OK", "-1999, OK", "2500, WARN", "-9000, WARN", "10500, FAIL", "-60000, FAIL"})
  void judgesClocks(long millis, Verdict verdict) {
    Result result = ClockChecks.judge("host", Duration.ofMillis(millis), Duration.ofSeconds(10));

    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.sentence()).contains(millis < 0 ? "behind" : "ahead of");
  }

  @Test
  void judgesSecrets() {
    List<Result> results =
        SecretChecks.judge(
            Set.of("all"), Set.of("oslo", "rome"), (_, site) -> site.equals("default"));
    assertThat(results).allMatch(JudgementsTest::ok);
    assertThat(SecretChecks.judge(Set.of("one"), Set.of("oslo"), (_, site) -> site.equals("oslo")))
        .containsExactly(Result.ok("secrets", "one", "is there for oslo, and opens"));
    assertThat(SecretChecks.judge(Set.of("none"), Set.of("oslo"), (_, _) -> false))
        .containsExactly(
            Result.fail("secrets", "none", "is not in Redis: argos secrets put none community"));
    assertThat(
            SecretChecks.judge(
                Set.of("sealed"),
                Set.of(),
                (_, _) -> {
                  throw new SecretsUnavailableException("sealed with another key", null);
                }))
        .containsExactly(Result.fail("secrets", "sealed", "sealed with another key"));
  }

  @Test
  void findsTheCredentialsOfAllPlugins() {
    var config =
        ConfigLoader.load(
                ConfigSources.defaults()
                    .set(
                        "discovery=[{name: f, kind: json-file, interval: 1m, settings: {credential: a}}]")
                    .set(
                        "polling=[{name: s, kind: snmp, interval: 1m, settings: {credentials: [b, c]}}]")
                    .set("zones={north: [tromso]}"))
            .config();

    assertThat(SecretChecks.named(config)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(SecretChecks.sites(config)).containsExactlyInAnyOrder("local", "tromso");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 5, FAIL, no agent is ready: start argos polling with instance.zone=main",
    "0, 0, 0, 0, WARN, nothing is due there",
    "1, 10, 0, 5, OK, '1 ready, 5.0 of 10 permits needed, 0 late'",
    "1, 4, 0, 5, WARN, short by 1.0",
    "1, 10, 90, 5, WARN, they pile up"
  })
  void judgesAgents(int ready, int capacity, int late, double due, Verdict verdict, String words) {
    var load = new ZoneLoad("polling", "main", ready, 1, capacity, 0, 0, late, 60, 1_000, due);

    Result result =
        AgentChecks.judge(List.of(worker(Worker.Standing.READY)), List.of(load)).getFirst();

    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.sentence()).contains(words);
  }

  @Test
  void namesAgentsThatTakeNothing() {
    assertThat(AgentChecks.judge(List.of(), List.of()))
        .containsExactly(
            Result.fail("agents", "load", "no heartbeat within the last hour: start the services"));
    assertThat(
            AgentChecks.judge(
                List.of(worker(Worker.Standing.UNREADY), worker(Worker.Standing.BLOCKED)),
                List.of()))
        .extracting(Result::verdict)
        .containsExactly(Verdict.WARN, Verdict.FAIL);
    assertThat(AgentChecks.owned("polling", "main", Set.of(0, 1), 4).verdict())
        .isEqualTo(Verdict.FAIL);
    assertThat(ok(AgentChecks.owned("polling", "main", Set.of(0, 1), 2))).isTrue();
  }

  @Test
  void judgesTheFlow() {
    assertThat(ok(FlowChecks.ticks(4, 0, Duration.ofSeconds(10)))).isTrue();
    assertThat(FlowChecks.ticks(4, 2, Duration.ofSeconds(10)).sentence())
        .startsWith("none for 10s in 2 of 4 partitions");
    assertThat(FlowChecks.topology("nodes", 0, 0).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(ok(FlowChecks.topology("nodes", 1, 12))).isTrue();
    assertThat(FlowChecks.topology("nodes", 1, 5_000).verdict()).isEqualTo(Verdict.WARN);
    assertThat(ok(FlowChecks.jobs(100, 0, 0))).isTrue();
    assertThat(FlowChecks.jobs(100, 1, 0).verdict()).isEqualTo(Verdict.WARN);
    assertThat(ok(ServerChecks.schemas(9, List.of()))).isTrue();
    assertThat(ServerChecks.schemas(0, List.of("a")).sentence())
        .isEqualTo("none is registered yet: run argos topics ensure");
    assertThat(ServerChecks.schemas(9, List.of("a")).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(DeadLetterChecks.judge("polls.dlq", 3, "no record").sentence())
        .startsWith("3 within 24 h, the last because no record");
    assertThat(Some.of(List.of("f", "e", "d", "c", "b", "a"))).isEqualTo("a, b, c, d and 2 more");
  }

  private static boolean ok(Result result) {
    return result.verdict() == Verdict.OK;
  }

  private static Worker worker(Worker.Standing standing) {
    var beat =
        Heartbeat.newBuilder()
            .setInstance("host-polling-1")
            .setStage("polling")
            .setZone("main")
            .setAt(AT)
            .setStartedAt(AT)
            .build();
    return new Worker(beat, AT, Duration.ZERO, standing);
  }

  private static List<io.argos.schemas.topic.TopicSpec> specs() {
    return Cluster.specs(ConfigLoader.load(ConfigSources.defaults()).config());
  }

  private static io.argos.schemas.topic.TopicSpec spec(int number) {
    return specs().get(number);
  }

  private static List<TopicState> topics(int replicas, String least) {
    List<TopicState> states = new ArrayList<>();
    for (int i = 0; i < specs().size(); i++) {
      states.add(
          new TopicState(
              spec(i),
              Optional.of(
                  new TopicState.Found(spec(i).partitions(), replicas, configs(i, least)))));
    }
    return states;
  }

  private static Map<String, String> configs(int number, String least) {
    var spec = spec(number);
    Map<String, String> configs = new HashMap<>();
    configs.put("cleanup.policy", spec.cleanup().name().toLowerCase(java.util.Locale.ROOT));
    spec.retention().ifPresent(kept -> configs.put("retention.ms", "" + kept.toMillis()));
    if (spec.brokerTime()) {
      configs.put("message.timestamp.type", "LogAppendTime");
    }
    configs.put("min.insync.replicas", least);
    return configs;
  }
}
