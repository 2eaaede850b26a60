package io.argos.runtime.schedule;

import io.argos.runtime.kafka.DeadLetters;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.apache.curator.framework.CuratorFramework;

/**
 * What a scheduler is connected to. It closes none of these.
 *
 * @param kafka makes its clients
 * @param topics the names of topics; their prefix is the first part of paths in ZooKeeper too
 * @param schemas ids of schemas
 * @param deadLetters where unreadable records go
 * @param zooKeeper a started client with the session error policy
 * @param meters where figures go
 * @param clock the time
 */
public record SchedulerLinks(
    KafkaClients kafka,
    Topics topics,
    SchemaIds schemas,
    DeadLetters deadLetters,
    CuratorFramework zooKeeper,
    MeterRegistry meters,
    InstantSource clock) {}
