package io.argos.config;

/** How topics are made by `argos topics ensure`. */
public record TopicsConfig(
    @Doc("Partitions of every topic that is keyed by resource; never changed in place.")
        @Default("48")
        @Range(min = 1)
        int partitions,
    @Doc("Replicas of every topic; -1 takes the broker's default.") @Default("-1")
        short replication,
    @Doc("Whether the flat topic of points is written as well.") @Default("false")
        boolean points) {}
