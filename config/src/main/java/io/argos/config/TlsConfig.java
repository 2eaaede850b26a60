package io.argos.config;

import java.nio.file.Path;
import java.util.Optional;

/** TLS of one client. PEM files throughout. */
public record TlsConfig(
    @Doc("Whether the connection uses TLS.") @Default("false") boolean enabled,
    @Doc("PEM file of trusted certificates; the JDK's when absent.") Optional<Path> trust,
    @Doc("PEM file of this client's certificate chain.") Optional<Path> certificate,
    @Doc("PEM file of this client's private key (PKCS#8).") Optional<Path> key,
    @Doc("Whether the server's name must match its certificate.") @Default("true")
        boolean verifyHost) {}
