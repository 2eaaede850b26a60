package io.argos.runtime.startup;

import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The schema that this program writes to each topic is registered there. */
final class SchemasRegistered implements Requirement {
  private final RegistryClient registry;
  private final List<TopicSpec> topics;

  SchemasRegistered(RegistryClient registry, List<TopicSpec> topics) {
    this.registry = registry;
    this.topics = List.copyOf(topics);
  }

  @Override
  public String name() {
    return "schemas";
  }

  @Override
  public String place() {
    return "";
  }

  @Override
  public Optional<String> missing() {
    List<String> problems = new ArrayList<>();
    for (TopicSpec topic : topics) {
      if (topic.record().isPresent()) {
        Schema schema = SpecificData.get().getSchema(topic.record().get());
        try {
          registry.idOf(SchemaIds.subjectOf(topic.name()), schema);
        } catch (SchemaException e) {
          if (e.reason() == SchemaException.Reason.UNREACHABLE) {
            return Optional.of(String.valueOf(e.getMessage()));
          }
          problems.add("the schema of topic " + topic.name() + " is not registered");
        }
      }
    }
    return TopicsPresent.sentence(problems);
  }
}
