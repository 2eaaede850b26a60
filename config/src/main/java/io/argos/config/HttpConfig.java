package io.argos.config;

/** The HTTP endpoint of a process. */
public record HttpConfig(
    @Doc("Address to bind; loopback unless told otherwise.") @Default("127.0.0.1") String bind,
    @Doc("Port; 0 takes a free one.") @Default("8500") @Range(min = 0, max = 65535) int port) {}
