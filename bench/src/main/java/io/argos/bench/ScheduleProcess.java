package io.argos.bench;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.runtime.agent.Agent;
import io.argos.runtime.agent.ClockSkew;
import io.argos.runtime.agent.HeartbeatWriter;
import io.argos.runtime.agent.JobEnd;
import io.argos.runtime.agent.Readiness;
import io.argos.runtime.schedule.JobScheduler;
import io.argos.runtime.schedule.Target;
import io.argos.runtime.schedule.TargetKey;
import io.argos.runtime.schedule.Timing;
import io.argos.runtime.stage.ServiceShell;
import io.argos.runtime.stage.StageEngine;
import io.argos.runtime.stage.StageLinks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * One of the processes that {@code bench/schedule} measures: the scheduler of a stage with targets
 * that need no topic of resources, or an agent whose work is nothing. Each line on its standard
 * input is answered with the heap that is in use after a collection, and with how much it holds.
 */
public final class ScheduleProcess {
  static final String STAGE = "polling";
  static final String PLUGIN = "nothing";

  private ScheduleProcess() {}

  /**
   * Runs until its standard input ends.
   *
   * @param arguments the configuration, {@code scheduler} or {@code agent}, the number of targets,
   *     their interval in seconds
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ArgosConfig config = ConfigLoader.load(ConfigSources.of(Path.of(arguments[0]))).config();
    ServiceShell shell = ServiceShell.open(config, arguments[1]);
    StageLinks links = StageLinks.open(config, STAGE, shell);
    long before = heapInUse();
    LongSupplier held =
        arguments[1].equals("scheduler")
            ? schedule(
                links,
                Integer.parseInt(arguments[2]),
                Duration.ofSeconds(Long.parseLong(arguments[3])))
            : work(links);
    say("up heap=%d before=%d held=%d", heapInUse(), before, held.getAsLong());
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (input.readLine() != null) {
      say("status heap=%d before=%d held=%d", heapInUse(), before, held.getAsLong());
    }
    shell.lifecycle().close();
  }

  private static LongSupplier schedule(StageLinks links, int targets, Duration interval) {
    JobScheduler scheduler = StageEngine.scheduler(links);
    Timing timing = new Timing.Every(interval);
    for (int i = 0; i < targets; i++) {
      // As from a table: the targets are known since long ago.
      scheduler.put(
          new Target(
              TargetKey.of(STAGE, PLUGIN, "bench/target-" + i),
              "nothing",
              1,
              "main",
              timing,
              Duration.ofSeconds(10)),
          Instant.EPOCH);
    }
    links.lifecycle().add("scheduler", scheduler);
    scheduler.start();
    return scheduler::size;
  }

  private static LongSupplier work(StageLinks links) {
    Agent agent =
        new Agent(
            links.agentSpec(),
            links.agentLinks(),
            (_, _) -> JobEnd.ok(),
            _ -> new Readiness.Ready());
    links.lifecycle().add("agent", agent);
    agent.start();
    HeartbeatWriter heartbeat =
        new HeartbeatWriter(
            new HeartbeatWriter.Self(
                links.instance(),
                STAGE,
                "main",
                links.topics().heartbeats(),
                Duration.ofSeconds(5),
                "bench"),
            links.results(),
            links.schemas(),
            agent::status,
            () -> false,
            () -> true,
            new ClockSkew(Duration.ofSeconds(10)),
            links.clock());
    links.lifecycle().add("heartbeat", heartbeat);
    heartbeat.start();
    return () -> agent.status().queued();
  }

  private static long heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void say(String line, Object... values) {
    System.out.println(String.format(line, values));
  }
}
