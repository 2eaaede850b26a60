package io.argos.discovery.plugin.jsonfile;

import java.util.Optional;

/** What the configuration says of resources that do not say it themselves. */
record ClaimDefaults(Optional<String> credential, int rank, long ttlSeconds) {}
