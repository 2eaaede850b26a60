package io.argos.runtime.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.argos.config.Sensitive;
import io.argos.config.TlsConfig;
import io.argos.config.ZooKeeperConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to ZooKeeper. A short outage does not count as a lost session: that is assumed
 * after two thirds of the session timeout, before the server can have expired it (its clock may
 * have started earlier than ours).
 */
public final class ZooKeeperClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ZooKeeperClient.class);
  private static final int SIMULATED_EXPIRY_PERCENT = 66;

  private final CuratorFramework curator;
  private final Optional<Path> identity;

  private ZooKeeperClient(CuratorFramework curator, Optional<Path> identity) {
    this.curator = curator;
    this.identity = identity;
  }

  /** Starts to connect, and returns at once. */
  public static ZooKeeperClient start(ZooKeeperConfig config) {
    Optional<Path> identity = identity(config.tls());
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(config.connect())
            // The configured servers are the servers; what the ensemble says of itself may be out
            // of reach from here.
            .ensembleTracker(false)
            .sessionTimeoutMs(Math.toIntExact(config.sessionTimeout().toMillis()))
            .connectionTimeoutMs(Math.toIntExact(config.connectionTimeout().toMillis()))
            .retryPolicy(new BoundedExponentialBackoffRetry(100, 3_000, 10))
            .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
            .simulatedSessionExpirationPercent(SIMULATED_EXPIRY_PERCENT)
            // A container parent vanishes when it is empty, and its sequence starts anew.
            .dontUseContainerParents()
            .waitForShutdownTimeoutMs(2_000)
            .zkClientConfig(clientConfig(config.tls(), identity));
    config
        .user()
        .ifPresent(user -> {
          String password = Sensitive.reveal(config.password()).orElse("");
          builder.authorization("digest", (user + ":" + password).getBytes(UTF_8));
          builder.aclProvider(new CreatorOnly());
        });
    CuratorFramework curator = builder.build();
    curator.start();
    return new ZooKeeperClient(curator, identity);
  }

  /** The client; it reconnects by itself. */
  public CuratorFramework curator() {
    return curator;
  }

  /** Waits for the connection, for that long at most; whether it is there. */
  public boolean awaitConnected(Duration wait) throws InterruptedException {
    return curator.blockUntilConnected(Math.toIntExact(wait.toMillis()), TimeUnit.MILLISECONDS);
  }

  /** Whether it is connected at this moment. */
  public boolean connected() {
    return curator.getZookeeperClient().isConnected();
  }

  /**
   * Makes a path where there is none.
   *
   * @return why it could not be made; nothing when it is there
   */
  public Optional<String> makePath(String path) throws InterruptedException {
    try {
      if (curator.checkExists().forPath(path) == null) {
        curator.create().creatingParentsIfNeeded().forPath(path);
        log.info("path made in zookeeper path={}", path);
      }
      return Optional.empty();
    } catch (KeeperException.NodeExistsException e) {
      // Another service has made it meanwhile.
      return Optional.empty();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // Curator declares Exception.
      return Optional.of(
          "the path %s is not there and could not be made (%s): create it for this user"
              .formatted(path, e.getMessage()));
    }
  }

  @Override
  public void close() {
    curator.close();
    identity.ifPresent(ZooKeeperClient::delete);
  }

  private static ZKClientConfig clientConfig(TlsConfig tls, Optional<Path> identity) {
    var client = new ZKClientConfig();
    if (!tls.enabled()) {
      return client;
    }
    client.setProperty(
        ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
    client.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    tls.trust()
        .ifPresent(trust -> {
          client.setProperty("zookeeper.ssl.trustStore.location", trust.toString());
          client.setProperty("zookeeper.ssl.trustStore.type", "PEM");
        });
    identity.ifPresent(file -> {
      client.setProperty("zookeeper.ssl.keyStore.location", file.toString());
      client.setProperty("zookeeper.ssl.keyStore.type", "PEM");
    });
    client.setProperty("zookeeper.ssl.hostnameVerification", Boolean.toString(tls.verifyHost()));
    return client;
  }

  /** ZooKeeper wants key and certificate in one file; ours are two. */
  private static Optional<Path> identity(TlsConfig tls) {
    if (!tls.enabled() || tls.key().isEmpty() || tls.certificate().isEmpty()) {
      return Optional.empty();
    }
    try {
      String joined =
          Files.readString(tls.key().get())
              + System.lineSeparator()
              + Files.readString(tls.certificate().get());
      Path file =
          Files.createTempFile(
              "argos-zookeeper",
              ".pem",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, joined);
      file.toFile().deleteOnExit();
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "zookeeper.tls: cannot read key or certificate: " + e.getMessage(), e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  /** What we create is ours alone. */
  private static final class CreatorOnly implements ACLProvider {
    @Override
    public List<ACL> getDefaultAcl() {
      return ZooDefs.Ids.CREATOR_ALL_ACL;
    }

    @Override
    public List<ACL> getAclForPath(String path) {
      return ZooDefs.Ids.CREATOR_ALL_ACL;
    }
  }
}
