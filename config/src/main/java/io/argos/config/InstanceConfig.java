package io.argos.config;

import java.nio.file.Path;

/** What tells this process from others. */
public record InstanceConfig(
    @Doc(
            "Name of this instance, unique in the estate; `auto` takes host name, stage and process id.")
        @Default("auto")
        String id,
    @Doc("Zone whose jobs the agents of this process take.") @Default("main") String zone,
    @Doc("Folder for state, such as that of Kafka Streams.") @Default("data") Path data) {}
