package io.argos.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.argos.config.ServersConfig;
import io.argos.schemas.serde.RegistryClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A process that holds all servers, each with something in it, until it is killed. */
final class ServersHolder {
  static final String NAME = "kept";
  static final Schema SCHEMA = SchemaBuilder.record("Kept").fields().endRecord();

  private static final String PORT = "redis port ";

  private ServersHolder() {}

  public static void main(String[] arguments) throws Exception {
    var servers = Servers.start(new ServersConfig(0, 0, 0, 0), Path.of(arguments[0]));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrap()));
        RegistryClient registry = registry(servers);
        CuratorFramework curator = curator(servers)) {
      admin.createTopics(List.of(new NewTopic(NAME, 2, (short) -1))).all().get();
      registry.register(NAME, SCHEMA);
      curator.create().forPath("/" + NAME);
    }
    System.out.println(PORT + servers.redis().port());
    new CountDownLatch(1).await();
  }

  /** Waits for the process to say that all is there. */
  static int redisPort(Process holder) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(holder.getInputStream(), UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith(PORT)) {
        return Integer.parseInt(line.substring(PORT.length()));
      }
    }
    throw new IllegalStateException("the process that holds the servers ended early");
  }

  static RegistryClient registry(Servers servers) {
    return new RegistryClient(
        new RegistryClient.Access(
            servers.registryUrl(), Optional.empty(), Optional.empty(), Duration.ofSeconds(5)));
  }

  static CuratorFramework curator(Servers servers) {
    CuratorFramework curator =
        CuratorFrameworkFactory.newClient(servers.connect(), 6_000, 3_000, new RetryOneTime(100));
    curator.start();
    return curator;
  }
}
