package io.argos.config;

import java.time.Duration;

/** Execution of jobs. */
public record AgentConfig(
    @Doc("Jobs that run at once in this process.") @Default("512") @Range(min = 1) int permits,
    @Doc("Largest share of the permits that one site may take.")
        @Default("0.25")
        @Range(min = 0, max = 1)
        double siteShare,
    @Doc("Jobs held until due; above it partitions are paused.") @Default("100000") @Range(min = 1)
        int queue,
    @Doc("How long a job may run past its deadline before its thread counts as leaked.")
        @Default("PT10S")
        Duration leakAfter,
    @Doc("Leaked runs of one plugin above which its jobs are quarantined instead of run.")
        @Default("3")
        @Range(min = 0)
        int quarantineAfter,
    @Doc("How long a plugin stays in quarantine before a single job tries it again.")
        @Default("PT5M")
        Duration quarantineFor,
    @Doc("How long running jobs may take to end when partitions are taken away.")
        @Default("PT3S")
        @Range(min = 0)
        Duration revokeWait,
    @Doc("How long running jobs may take to end when the process stops.")
        @Default("PT10S")
        @Range(min = 0)
        Duration stopWait,
    @Doc("How often offsets are committed.") @Default("PT1S") Duration commitEvery,
    @Doc("Largest difference between this clock and the broker's.") @Default("PT10S")
        Duration clockSkew) {}
