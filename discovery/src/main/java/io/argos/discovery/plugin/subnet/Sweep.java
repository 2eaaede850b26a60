package io.argos.discovery.plugin.subnet;

import io.argos.snmp.SnmpCredential;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One pass over the addresses, many at a time. Used by one thread. */
final class Sweep {
  /**
   * What a pass came to.
   *
   * @param findings what came of each address, in no order
   * @param next place at which the next pass should begin
   * @param whole true when every address was asked
   */
  record Result(List<Finding> findings, long next, boolean whole) {}

  /** What one address came to, or the bug that asking it ran into. */
  private record Done(Optional<Finding> finding, Optional<RuntimeException> bug) {}

  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private final Addresses addresses;
  private final int concurrency;
  private final Probe probe;
  private final InstantSource clock;
  private final System.Logger log;
  private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
  private final List<Finding> findings = new ArrayList<>();
  private int inFlight;
  private long asked;
  private long found;
  private Instant nextProgress;

  Sweep(Addresses addresses, int concurrency, Probe probe, InstantSource clock, System.Logger log) {
    this.addresses = addresses;
    this.concurrency = concurrency;
    this.probe = probe;
    this.clock = clock;
    this.log = log;
    this.nextProgress = clock.instant().plus(PROGRESS);
  }

  /**
   * Asks all addresses, from a place on and around.
   *
   * @param stopAt when to ask no further address
   */
  Result run(long from, List<SnmpCredential> credentials, Instant stopAt)
      throws InterruptedException {
    try (ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (long i = 0; i < addresses.size(); i++) {
          long place = (from + i) % addresses.size();
          if (!clock.instant().isBefore(stopAt)) {
            drain(0);
            return new Result(findings, place, false);
          }
          Optional<InetAddress> address = addresses.at(place);
          if (address.isPresent()) {
            drain(concurrency - 1);
            start(probes, address.get(), credentials);
          }
        }
        drain(0);
        return new Result(findings, 0, true);
      } finally {
        // Nothing is left when all went well; otherwise close() waits until the rest has stopped.
        probes.shutdownNow();
      }
    }
  }

  private void start(
      ExecutorService probes, InetAddress address, List<SnmpCredential> credentials) {
    inFlight++;
    asked++;
    CompletableFuture<Void> _ =
        CompletableFuture.runAsync(() -> done.add(ask(address, credentials)), probes);
  }

  private Done ask(InetAddress address, List<SnmpCredential> credentials) {
    try {
      return new Done(Optional.of(probe.ask(address, credentials)), Optional.empty());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Done(Optional.empty(), Optional.empty());
    } catch (RuntimeException e) {
      return new Done(Optional.empty(), Optional.of(e));
    }
  }

  /** Waits until no more than so many addresses are being asked. */
  private void drain(int most) throws InterruptedException {
    while (inFlight > most) {
      Done next = done.poll(PROGRESS.toMillis(), TimeUnit.MILLISECONDS);
      if (next != null) {
        inFlight--;
        next.bug()
            .ifPresent(bug -> {
              throw bug;
            });
        next.finding().ifPresent(this::take);
      }
      tellProgress();
    }
  }

  private void take(Finding finding) {
    if (!(finding instanceof Finding.Nothing)) {
      findings.add(finding);
    }
    if (finding instanceof Finding.Device) {
      found++;
    }
  }

  private void tellProgress() {
    Instant now = clock.instant();
    if (!now.isBefore(nextProgress)) {
      nextProgress = now.plus(PROGRESS);
      log.log(
          System.Logger.Level.INFO,
          "sweeping asked={0} of={1} found={2}",
          Long.toString(asked),
          Long.toString(addresses.size()),
          Long.toString(found));
    }
  }

  /** Addresses asked so far. */
  long asked() {
    return asked;
  }
}
