package io.argos.config;

import java.time.Duration;

/** Topologies of the resource-manager. */
public record StreamsConfig(
    @Doc("Threads of each topology.") @Default("1") @Range(min = 1) int threads,
    @Doc("Replicas of the stores, kept warm by other instances.") @Default("1") @Range(min = 0)
        int standbys,
    @Doc("How often state is committed.") @Default("PT0.1S") Duration commitInterval,
    @Doc("How often a tick record is written to each partition.") @Default("PT1S") Duration tick,
    @Doc("Grace after a deadline before it fires.") @Default("PT2S") @Range(min = 0) Duration grace,
    @Doc("Share of a site's claims that one run may remove.")
        @Default("0.2")
        @Range(min = 0, max = 1)
        double removalShare,
    @Doc("Claims that one run may always remove.") @Default("5") @Range(min = 0)
        int removalFloor) {}
