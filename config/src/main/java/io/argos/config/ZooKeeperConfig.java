package io.argos.config;

import java.time.Duration;
import java.util.Optional;

/** How ZooKeeper is reached. */
public record ZooKeeperConfig(
    @Doc("Connect string, host:port[,host:port][/chroot].") @Default("127.0.0.1:2181")
        String connect,
    @Doc("Session timeout.") @Default("PT6S") Duration sessionTimeout,
    @Doc("Connection timeout.") @Default("PT3S") Duration connectionTimeout,
    @Doc("TLS of the connection.") TlsConfig tls,
    @Doc("Digest user.") Optional<String> user,
    @Doc("Digest password.") Optional<Sensitive> password) {}
