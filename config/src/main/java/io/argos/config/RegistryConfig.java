package io.argos.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How the schema registry is reached: any that speaks the Confluent interface. */
public record RegistryConfig(
    @Doc("Base address.") @Default("http://127.0.0.1:8081") URI url,
    @Doc("TLS of the connection.") TlsConfig tls,
    @Doc("User for basic authentication.") Optional<String> user,
    @Doc("Password for basic authentication.") Optional<Sensitive> password,
    @Doc("Longest wait for an answer.") @Default("PT5S") Duration timeout) {}
