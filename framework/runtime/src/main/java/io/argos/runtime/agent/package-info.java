/**
 * Execution of jobs: one agent per stage and zone in a process takes jobs from Kafka, holds them
 * until due, runs them under permits and deadlines, and commits only behind their results.
 */
@NullMarked
package io.argos.runtime.agent;

import org.jspecify.annotations.NullMarked;
