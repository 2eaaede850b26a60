package io.argos.config;

import java.time.Duration;

/** Scheduling of jobs. */
public record ScheduleConfig(
    @Doc("How long before it is due a job is emitted; covers a change of leader.") @Default("PT30S")
        Duration lookahead,
    @Doc("How often the leader looks for jobs to emit.") @Default("PT0.1S") Duration tick,
    @Doc("Time zone of cron schedules.") @Default("UTC") java.time.ZoneId timeZone,
    @Doc("How long a leader may go on without ZooKeeper while nobody follows it in the log.")
        @Default("PT15M")
        Duration lease,
    @Doc("Longest spread of FIRST jobs.") @Default("PT10S") @Range(min = 0) Duration firstSpread,
    @Doc("Silence of all agents of a zone after which it counts as without an agent.")
        @Default("PT15S")
        Duration agentSilence,
    @Doc("How far back slots that nobody emitted are accounted for one by one as missed.")
        @Default("PT1H")
        Duration missedReach) {}
