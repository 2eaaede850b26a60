package io.argos.testing.simulator;

/**
 * What a device has done so far.
 *
 * @param requests datagrams that came
 * @param replies datagrams that it sent, repeated ones included
 * @param values bindings in its replies
 * @param dropped requests lost on purpose
 * @param silent requests while dead or restarting
 * @param refused requests with a wrong community or version
 * @param malformed requests that it could not read, or that agents ignore
 */
public record DeviceCounters(
    long requests,
    long replies,
    long values,
    long dropped,
    long silent,
    long refused,
    long malformed) {}
