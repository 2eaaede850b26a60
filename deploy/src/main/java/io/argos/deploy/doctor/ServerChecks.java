package io.argos.deploy.doctor;

import io.argos.config.ZooKeeperConfig;
import io.argos.runtime.secret.RedisSecrets;
import io.argos.runtime.zookeeper.ZooKeeperClient;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.TopicSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.Node;

/** Whether the servers answer. */
final class ServerChecks {
  private static final String GROUP = "servers";

  private final Links links;

  ServerChecks(Links links) {
    this.links = links;
  }

  List<Check> all() {
    return List.of(
        new Check(GROUP, "kafka", Set.of(), this::kafka),
        new Check(GROUP, "zookeeper", Set.of(), this::zookeeper),
        new Check(GROUP, "redis", Set.of(), this::redis),
        new Check(GROUP, "registry", Set.of(), this::registry),
        new Check(GROUP, "schemas", Set.of("registry"), this::schemas));
  }

  private List<Result> kafka() throws Exception {
    // The clients would ask a closed port for as long as they may.
    Optional<String> closed = Reach.closed(links.config().kafka().bootstrapServers());
    if (closed.isPresent()) {
      return List.of(Result.fail(GROUP, "kafka", closed.get()));
    }
    try (Admin admin = links.admin()) {
      var cluster = admin.describeCluster();
      int brokers = cluster.nodes().get().size();
      Node controller = cluster.controller().get();
      FinalizedVersionRange version =
          admin
              .describeFeatures()
              .featureMetadata()
              .get()
              .finalizedFeatures()
              .get("metadata.version");
      String text =
          "%d %s, metadata version %s, at %s"
              .formatted(
                  brokers,
                  brokers == 1 ? "broker" : "brokers",
                  version == null ? "unknown" : version.maxVersionLevel(),
                  links.bootstrap());
      return List.of(
          controller == null
              ? Result.fail(GROUP, "kafka", text + "; there is no controller")
              : Result.ok(GROUP, "kafka", text + ", controller " + controller.idString()));
    }
  }

  private List<Result> zookeeper() throws Exception {
    ZooKeeperConfig config = links.config().zookeeper();
    int slash = config.connect().indexOf('/');
    String hosts = slash < 0 ? config.connect() : config.connect().substring(0, slash);
    Optional<String> closed = Reach.closed(List.of(hosts.split(",", -1)));
    if (closed.isPresent()) {
      return List.of(Result.fail(GROUP, "zookeeper", closed.get()));
    }
    ZooKeeperConfig root =
        new ZooKeeperConfig(
            hosts,
            config.sessionTimeout(),
            config.connectionTimeout(),
            config.tls(),
            config.user(),
            config.password());
    try (ZooKeeperClient client = ZooKeeperClient.start(root)) {
      if (!client.awaitConnected(config.connectionTimeout())) {
        return List.of(
            Result.fail(
                GROUP,
                "zookeeper",
                "no session within " + config.connectionTimeout() + " at " + hosts));
      }
      if (slash > 0
          && client.curator().checkExists().forPath(config.connect().substring(slash)) == null) {
        return List.of(
            Result.warn(
                GROUP,
                "zookeeper",
                "the path %s is not there: the first service makes it"
                    .formatted(config.connect().substring(slash))));
      }
      return List.of(Result.ok(GROUP, "zookeeper", "gives a session, at " + config.connect()));
    }
  }

  private List<Result> redis() {
    try (RedisSecrets secrets =
        new RedisSecrets(links.config().redis(), links.config().prefix(), InstantSource.system())) {
      return List.of(
          secrets
              .unreachable()
              .map(why -> Result.fail(GROUP, "redis", why + ", at " + secrets.address()))
              .orElseGet(() ->
                  Result.ok(
                      GROUP,
                      "redis",
                      "answers and the key file is good, at " + secrets.address())));
    }
  }

  private List<Result> registry() {
    try {
      int subjects = links.registry().subjects().size();
      return List.of(
          Result.ok(
              GROUP,
              "registry",
              "%d subjects, at %s".formatted(subjects, links.config().registry().url())));
    } catch (SchemaException e) {
      return List.of(Result.fail(GROUP, "registry", String.valueOf(e.getMessage())));
    }
  }

  private List<Result> schemas() {
    List<String> absent = new ArrayList<>();
    int equal = 0;
    for (TopicSpec spec : links.specs()) {
      if (spec.record().isPresent()) {
        try {
          var _ =
              links
                  .registry()
                  .idOf(
                      SchemaIds.subjectOf(spec.name()),
                      SpecificData.get().getSchema(spec.record().get()));
          equal++;
        } catch (SchemaException e) {
          if (e.reason() == SchemaException.Reason.UNREACHABLE) {
            throw e;
          }
          absent.add(spec.name());
        }
      }
    }
    return List.of(schemas(equal, absent));
  }

  /** Schemas of this program that are registered beside those that are not. */
  static Result schemas(int equal, List<String> absent) {
    if (absent.isEmpty()) {
      return Result.ok(GROUP, "schemas", equal + " registered as this version writes them");
    }
    return Result.fail(
        GROUP,
        "schemas",
        equal == 0
            ? "none is registered yet: run argos topics ensure"
            : "%s not registered as this version writes them: run argos topics ensure"
                .formatted(Some.of(absent)));
  }
}
