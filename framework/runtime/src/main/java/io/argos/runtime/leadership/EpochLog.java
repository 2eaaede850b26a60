package io.argos.runtime.leadership;

/** The epochs that the log knows, which hold when ZooKeeper's data are lost. */
public interface EpochLog {

  /**
   * The highest epoch of a stage that anybody wrote, read up to the present end of the log.
   *
   * @throws EpochException when the log cannot be read now
   */
  long highest(String stage) throws InterruptedException;

  /**
   * Writes a new epoch, and returns when it is acknowledged.
   *
   * @throws EpochException when it cannot be written now
   */
  void publish(String stage, long epoch, String leader) throws InterruptedException;
}
