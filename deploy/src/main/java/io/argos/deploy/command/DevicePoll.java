package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.deploy.poll.OnePoll;
import io.argos.deploy.poll.PollDocument;
import io.argos.deploy.poll.PollText;
import io.argos.profile.EnrichmentPlan;
import io.argos.profile.ProfileCatalog;
import io.argos.schemas.Resource;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpEngine;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One poll of a device on behalf of a command, printed. */
final class DevicePoll {
  private final Context context;
  private final Output output;
  private final DeviceOptions device;

  DevicePoll(Context context, Output output, DeviceOptions device) {
    this.context = context;
    this.output = output;
    this.device = device;
  }

  /** Enriches and polls the device once, prints what it said, and says how the command ends. */
  int run(ArgosConfig config, ProfileCatalog profiles, String endpoint)
      throws IOException, InterruptedException {
    Resource resource = device.resource(context, endpoint);
    OnePoll.Answer answer =
        device.ask(
            context,
            config,
            (secrets, credentials) -> {
              try (SnmpClient client = SnmpEngine.open(config.snmp())) {
                return new OnePoll(config.snmp(), profiles, secrets, client, InstantSource.system())
                    .ask(resource, credentials);
              }
            });
    return switch (answer) {
      case OnePoll.Answer.Failed(Failure failure, DeviceStatus status) ->
          throw DeviceOptions.failed(endpoint, config, failure, status);
      case OnePoll.Answer.Polled polled -> {
        ObjectNode document = PollDocument.of(resource, polled);
        if (output.format() == Output.Format.TABLE) {
          new PollText(context.out()).print(document);
        } else {
          output.document(context.out(), document);
        }
        List<String> unread = EnrichmentPlan.unread(polled.facts());
        if (!unread.isEmpty()) {
          context
              .err()
              .println(
                  "%s: not read to the end at enrichment: %s"
                      .formatted(endpoint, String.join(", ", unread)));
        }
        yield verdict(endpoint, polled.poll().status(), polled.poll().failure());
      }
    };
  }

  /** A device of which something is missing has answered all the same. */
  private int verdict(String endpoint, DeviceStatus status, Optional<Failure> failure) {
    failure.ifPresent(reason -> context.err().println(endpoint + ": " + reason.detail()));
    return switch (status) {
      case SUCCESS, PARTIAL_METRIC_FAILURE -> ExitCode.OK.code();
      case TIMEOUT, NETWORK_FAILURE, PING_FAILURE -> ExitCode.UNREACHABLE.code();
      case AUTHENTICATION_FAILURE, INTERNAL_FAILURE, MISSING_METRICS, ENRICHMENT_FAILURE ->
          ExitCode.FAILED.code();
    };
  }
}
