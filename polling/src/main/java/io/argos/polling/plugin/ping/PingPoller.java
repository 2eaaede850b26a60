package io.argos.polling.plugin.ping;

import io.argos.polling.ping.PingAnswer;
import io.argos.polling.ping.PingSpec;
import io.argos.polling.ping.PingStatistics;
import io.argos.polling.ping.Pinger;
import io.argos.profile.PollStatus;
import io.argos.profile.SnmpTargets;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.Resource;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enrichments;
import io.argos.spi.Failure;
import io.argos.spi.PluginContext;
import io.argos.spi.Poller;
import io.argos.spi.Run;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** Measures loss and round trips to a resource. Lost packets are a measurement, not a failure. */
final class PingPoller implements Poller {
  private static final String GROUP = "ping";
  private static final String STATUS_METRIC = "ping_polling_status";
  private static final RowBlock ROW = new RowBlock(new String[] {"device"}, List.of());

  private final Pinger pinger;
  private final PingSpec spec;
  private final PluginContext context;

  PingPoller(Pinger pinger, PingSpec spec, PluginContext context) {
    this.pinger = pinger;
    this.spec = spec;
    this.context = context;
  }

  @Override
  public Poll run(Run run, Resource resource, Enrichments enrichments) throws InterruptedException {
    return switch (ask(run, resource)) {
      case PingAnswer.Answered(PingStatistics statistics) ->
          poll(DeviceStatus.SUCCESS, Optional.empty(), Optional.of(statistics));
      case PingAnswer.Silent(Optional<PingStatistics> statistics, String why) ->
          poll(
              DeviceStatus.PING_FAILURE,
              Optional.of(
                  new Failure(
                      Cause.PING,
                      why.isEmpty() ? "no answer to ping" : "no answer to ping: " + why)),
              Optional.of(statistics.orElse(new PingStatistics(1, 0, Optional.empty()))));
      case PingAnswer.NotTried(String why) ->
          poll(
              DeviceStatus.INTERNAL_FAILURE,
              Optional.of(new Failure(Cause.INTERNAL, why)),
              Optional.empty());
    };
  }

  private PingAnswer ask(Run run, Resource resource) throws InterruptedException {
    try {
      return pinger.ping(
          SnmpTargets.resolve(resource.getEndpoint()).getAddress(),
          spec,
          Duration.between(now(), run.deadline()));
    } catch (UnknownHostException | IllegalArgumentException e) {
      return new PingAnswer.Silent(
          Optional.empty(), "endpoint " + resource.getEndpoint() + ": " + e.getMessage());
    }
  }

  private Poll poll(
      DeviceStatus status, Optional<Failure> failure, Optional<PingStatistics> statistics) {
    Instant at = now();
    List<GroupBlock> groups = new ArrayList<>();
    statistics.ifPresent(counted -> groups.add(group(status, counted, at)));
    groups.add(PollStatus.group(STATUS_METRIC, status, at));
    return new Poll(
        status,
        failure,
        groups,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }

  private static GroupBlock group(DeviceStatus status, PingStatistics counted, Instant at) {
    return new GroupBlock(
        GROUP,
        GROUP,
        at,
        ROW,
        List.of(
            ColumnBlock.gauge(
                "packet_loss_percent",
                "%",
                new Values.Doubles(new double[] {counted.lossPercent()})),
            time("round_trip_minimum", counted, PingStatistics.RoundTrips::minimum),
            time("round_trip_maximum", counted, PingStatistics.RoundTrips::maximum),
            time("round_trip_average", counted, PingStatistics.RoundTrips::average),
            time("round_trip_standard_deviation", counted, PingStatistics.RoundTrips::deviation),
            ColumnBlock.gauge("ping_status", "1", new Values.Longs(new long[] {status.code()}))));
  }

  private static ColumnBlock time(
      String name, PingStatistics counted, ToDoubleFunction<PingStatistics.RoundTrips> which) {
    return counted
        .roundTrips()
        .map(times ->
            ColumnBlock.gauge(
                name, "ms", new Values.Doubles(new double[] {which.applyAsDouble(times)})))
        .orElseGet(() ->
            new ColumnBlock(
                name,
                "ms",
                ColumnKind.GAUGE,
                new Values.Doubles(new double[0]),
                new int[] {0},
                0,
                1));
  }

  private Instant now() {
    return Instant.ofEpochMilli(context.clock().millis());
  }

  @Override
  public void close() {
    // The pinger is shared; whoever opened it closes it.
  }
}
