package io.argos.runtime.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.servers.EmbeddedZooKeeper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochRegisterIT {

  private static final String LATCH = "/argos/polling/leader/latch-1";

  @TempDir Path folder;
  private EmbeddedZooKeeper server;
  private CuratorFramework client;
  private final FakeLog log = new FakeLog();
  private EpochRegister register;

  private static final class FakeLog implements EpochLog {
    final List<Long> published = new CopyOnWriteArrayList<>();
    volatile long highest;

    @Override
    public long highest(String stage) {
      return highest;
    }

    @Override
    public void publish(String stage, long epoch, String leader) {
      published.add(epoch);
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedZooKeeper.start(folder);
    client = CuratorFrameworkFactory.newClient(server.connect(), new RetryOneTime(100));
    client.start();
    client.create().creatingParentsIfNeeded().forPath(LATCH);
    register = new EpochRegister(client, "argos", "polling", log);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void risesByOneAndIsPublished() throws InterruptedException {
    assertThat(register.take(LATCH, "a")).contains(1L);
    assertThat(register.take(LATCH, "a")).contains(2L);
    assertThat(log.published).containsExactly(1L, 2L);
  }

  @Test
  void isAboveTheLogWhenTheZnodeIsGone() throws Exception {
    register.take(LATCH, "a");
    log.highest = 41;
    client.delete().forPath(register.path());

    assertThat(register.take(LATCH, "a")).contains(42L);
  }

  @Test
  void isAboveTheLogWhenTheZnodeIsGarbage() throws Exception {
    register.take(LATCH, "a");
    log.highest = 7;
    client.setData().forPath(register.path(), "soon".getBytes(StandardCharsets.US_ASCII));

    assertThat(register.take(LATCH, "a")).contains(8L);
  }

  @Test
  void isAboveTheZnodeWhenTheLogIsWiped() throws InterruptedException {
    log.highest = 100;
    register.take(LATCH, "a");
    log.highest = 0;

    assertThat(register.take(LATCH, "a")).contains(102L);
  }

  @Test
  void whoseLatchNodeIsGoneGetsNone() throws Exception {
    register.take(LATCH, "a");
    client.delete().forPath(LATCH);

    assertThat(register.take(LATCH, "a")).isEmpty();
    assertThat(log.published).containsExactly(1L);
    assertThat(client.getData().forPath(register.path())).asString().isEqualTo("1");
  }

  @Test
  void noTwoTakeTheSame() {
    List<Long> taken = IntStream.range(0, 8).parallel().mapToObj(_ -> takeOnce()).toList();

    assertThat(taken).doesNotHaveDuplicates().doesNotContain(0L);
  }

  /** So many at once may be told to try again. */
  private long takeOnce() {
    while (true) {
      try {
        return register.take(LATCH, "a").orElse(0L);
      } catch (EpochException e) {
        Thread.onSpinWait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
