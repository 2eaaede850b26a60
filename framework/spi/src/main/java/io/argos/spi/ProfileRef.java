package io.argos.spi;

/**
 * A device profile in a certain state.
 *
 * @param name name of the profile
 * @param hash hash of all that it is made of, hex
 */
public record ProfileRef(String name, String hash) {}
