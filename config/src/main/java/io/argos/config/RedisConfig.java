package io.argos.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How Redis is reached, and how its secrets are opened and cached. */
public record RedisConfig(
    @Doc("Host.") @Default("127.0.0.1") String host,
    @Doc("Port.") @Default("6379") @Range(min = 1, max = 65535) int port,
    @Doc("TLS of the connection.") TlsConfig tls,
    @Doc("ACL user.") Optional<String> user,
    @Doc("Password.") Optional<Sensitive> password,
    @Doc("Longest wait for an answer.") @Default("PT2S") Duration timeout,
    @Doc(
            "File with the key that opens the secrets' envelopes: 32 bytes in base64, readable by the owner only.")
        @Default("secrets.key")
        Path keyFile,
    @Doc("Age at which a cached secret is fetched again.") @Default("PT5M") Duration refreshAfter,
    @Doc("Age at which a cached secret is no longer used.") @Default("PT24H") Duration keepFor) {}
