package io.argos.deploy.command;

/** A command that runs until it is stopped: it logs from {@code info} unless told otherwise. */
public interface Service {}
