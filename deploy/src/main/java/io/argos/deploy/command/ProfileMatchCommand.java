package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.profile.ConfiguredProfiles;
import io.argos.profile.DeviceFacts;
import io.argos.profile.Matching;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.RuleFit;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.profile.SystemGroup;
import io.argos.schemas.Resource;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpEngine;
import io.argos.snmp.SnmpReply;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos profile match}. */
@Command(
    name = "match",
    description = {
      "Says which profile fits a device and why: every rule that holds with its specificity, the most specific first.",
      "Labels count most, then arcs of sysObjectID, then a pattern in sysDescr, then class, subclass and type. Exit code 1 when none fits, or two fit equally well."
    },
    footer = {
      "  argos profile match 192.0.2.1 --secret campus",
      "  argos profile match --sys-object-id 1.3.6.1.4.1.9.1.1208 --sys-descr 'Cisco IOS Software'",
      "  argos profile match --sys-object-id 1.3.6.1.4.1.2636.1.1.1.2.29 --label model=srx5800 --all"
    })
final class ProfileMatchCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();
  @Mixin private DeviceOptions device = new DeviceOptions();

  @Parameters(
      paramLabel = "ENDPOINT",
      arity = "0..1",
      description = "Device to ask for its sysObjectID and sysDescr.")
  private Optional<String> endpoint = Optional.empty();

  @Option(
      names = "--sys-object-id",
      paramLabel = "OID",
      description = "sysObjectID of a device that is not asked.")
  private Optional<String> sysObjectId = Optional.empty();

  @Option(
      names = "--sys-descr",
      paramLabel = "TEXT",
      description = "sysDescr of a device that is not asked.")
  private Optional<String> sysDescr = Optional.empty();

  @Option(names = "--all", description = "Also the rules that do not hold.")
  private boolean all;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean told = sysObjectId.isPresent() || sysDescr.isPresent();
    if (endpoint.isPresent() == told) {
      throw context.usage("name an ENDPOINT, or say --sys-object-id, --sys-descr or both");
    }
    sysObjectId.ifPresent(this::check);
    ArgosConfig config = context.config();
    ProfileCatalog profiles = ConfiguredProfiles.load(config.profiles());
    Resource resource = device.resource(context, endpoint.orElse("device"));
    DeviceFacts facts =
        told ? DeviceFacts.of(resource, sysObjectId, sysDescr) : asked(config, resource);
    context
        .err()
        .println(
            "sysObjectID %s, sysDescr %s"
                .formatted(
                    facts.sysObjectId().orElse("(none)"),
                    facts.sysDescr().map(io.argos.deploy.log.Escapes::line).orElse("(none)")));
    output.rows(
        context.out(),
        profiles.fits(facts).stream()
            .filter(fit -> all || fit.holds())
            .map(ProfileMatchCommand::row)
            .toList());
    return switch (profiles.match(facts)) {
      case Matching.Match(var profile, String reason) -> {
        context.err().println("profile " + profile.name() + ": " + reason);
        yield ExitCode.OK.code();
      }
      case Matching.Ambiguous(_, String reason) ->
          throw new CommandFailure(ExitCode.FAILED, reason);
      case Matching.None _ -> throw new CommandFailure(ExitCode.FAILED, "no profile fits");
    };
  }

  private void check(String oid) {
    try {
      Oid.parse(oid);
    } catch (IllegalArgumentException e) {
      throw context.usage("--sys-object-id: " + e.getMessage());
    }
  }

  private DeviceFacts asked(ArgosConfig config, Resource resource)
      throws IOException, InterruptedException {
    return device.ask(
        context,
        config,
        (secrets, credentials) -> {
          SnmpTargets targets = new SnmpTargets(config.snmp(), secrets, credentials);
          return switch (targets.of(resource)) {
            case SnmpTargets.Targets.NotFound(Failure failure, DeviceStatus status) ->
                throw DeviceOptions.failed(resource.getEndpoint(), config, failure, status);
            case SnmpTargets.Targets.Found(var candidates) -> {
              try (SnmpClient client = SnmpEngine.open(config.snmp())) {
                yield switch (new SnmpReads(client).first(candidates, SystemGroup.PLAN)) {
                  case SnmpReads.Asked.Silent(Failure failure, DeviceStatus status) ->
                      throw DeviceOptions.failed(resource.getEndpoint(), config, failure, status);
                  case SnmpReads.Asked.Answered(_, SnmpReply reply) -> {
                    SystemGroup system = SystemGroup.of(reply);
                    yield DeviceFacts.of(
                        resource, system.text("sysObjectID"), system.text("sysDescr"));
                  }
                };
              }
            }
          };
        });
  }

  private static ObjectNode row(RuleFit fit) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("profile", fit.profile())
        .put("holds", fit.holds())
        .put("labels", fit.labels())
        .put("arcs", fit.arcs())
        .put("sysDescr", fit.sysDescr())
        .put("attributes", fit.attributes())
        .put("because", fit.reason())
        .put("rule", fit.place().toString());
  }
}
