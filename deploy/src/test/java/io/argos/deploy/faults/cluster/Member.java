package io.argos.deploy.faults.cluster;

import io.argos.deploy.process.ArgosProcess;

/**
 * A process of the estate, from its start to its end.
 *
 * @param name the name that it shares with those before and after it
 * @param agent how it calls itself in records
 */
record Member(String name, String agent, ArgosProcess process) {}
