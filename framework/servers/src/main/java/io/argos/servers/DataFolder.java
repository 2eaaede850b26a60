package io.argos.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder for the data of servers, held by one process at a time. The lock goes with the process,
 * however it ends.
 */
final class DataFolder implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder where it is not there, and holds it.
   *
   * @throws ServerStartException when another process holds it, or it cannot be written
   */
  static DataFolder hold(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    Path file = path.resolve(LOCK);
    FileChannel channel;
    try {
      Files.createDirectories(path);
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new ServerStartException(
          "Data folder %s cannot be written (%s): choose another or give this user the right to write there."
              .formatted(path, e),
          e);
    }
    boolean held = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(path, file);
      }
      held = true;
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
      return new DataFolder(path, channel);
    } catch (OverlappingFileLockException _) {
      throw inUse(path, file);
    } catch (IOException e) {
      throw new ServerStartException(
          "Data folder %s cannot be locked (%s): choose one on a local disk with room."
              .formatted(path, e),
          e);
    } finally {
      if (!held) {
        closeQuietly(channel);
      }
    }
  }

  /** A folder within, for one server. */
  Path of(String server) {
    Path folder = path.resolve(server);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static ServerStartException inUse(Path path, Path file) {
    String holder = "";
    try {
      String pid = Files.readString(file).strip();
      holder = pid.isEmpty() ? "" : " (process " + pid + ")";
    } catch (IOException _) {
      // The number is a courtesy; the sentence holds without it.
    }
    return new ServerStartException(
        "Data folder %s is in use by another Argos%s: stop that one, or choose another folder."
            .formatted(path, holder));
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the lock of a data folder", e);
    }
  }
}
