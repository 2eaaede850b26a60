package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.config.PluginEntry;
import io.argos.deploy.poll.GivenSecrets;
import io.argos.deploy.poll.OnePoll;
import io.argos.deploy.poll.PollDocument;
import io.argos.deploy.poll.PollText;
import io.argos.profile.ConfiguredProfiles;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.format.Profile;
import io.argos.runtime.secret.RedisSecrets;
import io.argos.schemas.Resource;
import io.argos.schemas.topic.ResourceId;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpEngine;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import io.argos.spi.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos poll}. */
@Command(
    name = "poll",
    description = {
      "Enriches and polls one device once, with nothing running, and prints what it said.",
      "Waits as long as snmp.timeout and snmp.retries allow. Exit code 5 when nothing answers, 1 when the device refuses."
    },
    footer = {
      "  argos poll 192.0.2.1 --secret campus",
      "  argos poll 192.0.2.1 --community -                  asks for the community",
      "  argos poll [2001:db8::1]:1161 -v 1 --community - < community",
      "  argos poll core-1 --user ops --auth-password - --priv-password - -o json",
      "  argos poll 192.0.2.1 --community - --set snmp.timeout=5s --profile fallback"
    })
final class PollCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();
  @Mixin private SnmpOptions snmp = new SnmpOptions();

  @Parameters(
      paramLabel = "ENDPOINT",
      description =
          "Host or address with an optional port: core-1, 192.0.2.1:1161, [2001:db8::1]:161.")
  private String endpoint = "";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile to read it by. Default: the one that fits best.")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = "Site of the device, whose own secrets come first. Default: ${DEFAULT-VALUE}.")
  private String site = "local";

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "Class of the device, for profiles that ask. Default: ${DEFAULT-VALUE}.")
  private String resourceClass = "network";

  @Option(
      names = "--subclass",
      paramLabel = "SUBCLASS",
      description = "Subclass of the device, for profiles that ask.")
  private String subclass = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Type of the device, for profiles that ask, such as cisco.")
  private String type = "";

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "Label of the device, for profiles that ask. May be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ArgosConfig config = context.config();
    ProfileCatalog profiles = profiles(config);
    Optional<GivenSecrets> given = snmp.given(context, new TypedSecrets(System.in));
    if (given.isPresent()) {
      return poll(config, profiles, given.get(), List.of(GivenSecrets.NAME));
    }
    List<String> names = snmp.secrets().isEmpty() ? configured(config) : snmp.secrets();
    if (names.isEmpty()) {
      throw context.usage(
          "say how to ask it: --secret, --community or --user; the configuration has no snmp entry with credentials");
    }
    try (RedisSecrets secrets =
        new RedisSecrets(config.redis(), config.prefix(), InstantSource.system())) {
      return poll(config, profiles, secrets, names);
    }
  }

  private int poll(
      ArgosConfig config, ProfileCatalog profiles, Secrets secrets, List<String> credentials)
      throws InterruptedException {
    Resource resource = resource();
    OnePoll.Answer answer;
    try (SnmpClient client = SnmpEngine.open(config.snmp())) {
      answer =
          new OnePoll(config.snmp(), profiles, secrets, client, InstantSource.system())
              .ask(resource, credentials);
    }
    return switch (answer) {
      case OnePoll.Answer.Failed(Failure failure, DeviceStatus status) ->
          throw failed(config, failure, status);
      case OnePoll.Answer.Polled polled -> {
        ObjectNode document = PollDocument.of(resource, polled);
        if (output.format() == Output.Format.TABLE) {
          new PollText(context.out()).print(document);
        } else {
          output.document(context.out(), document);
        }
        yield verdict(polled.poll().status(), polled.poll().failure());
      }
    };
  }

  /** A device of which something is missing has answered all the same. */
  private int verdict(DeviceStatus status, Optional<Failure> failure) {
    failure.ifPresent(reason -> context.err().println(endpoint + ": " + reason.detail()));
    return switch (status) {
      case SUCCESS, PARTIAL_METRIC_FAILURE -> ExitCode.OK.code();
      case TIMEOUT, NETWORK_FAILURE, PING_FAILURE -> ExitCode.UNREACHABLE.code();
      case AUTHENTICATION_FAILURE, INTERNAL_FAILURE, MISSING_METRICS, ENRICHMENT_FAILURE ->
          ExitCode.FAILED.code();
    };
  }

  private CommandFailure failed(ArgosConfig config, Failure failure, DeviceStatus status) {
    return switch (failure.cause()) {
      case TIMEOUT -> {
        int times = config.snmp().retries() + 1;
        yield new CommandFailure(
            ExitCode.UNREACHABLE,
            "%s: %s, asked %s within %s each. A wrong address, version or community and a filter on the way look the same from here."
                .formatted(
                    endpoint,
                    failure.detail(),
                    times == 1 ? "once" : times + " times",
                    seconds(config.snmp().timeout().multipliedBy(times))));
      }
      case NETWORK, PING ->
          new CommandFailure(
              ExitCode.UNREACHABLE,
              "%s cannot be reached: %s".formatted(endpoint, failure.detail()));
      case SECRET ->
          new CommandFailure(
              status == DeviceStatus.INTERNAL_FAILURE ? ExitCode.UNREACHABLE : ExitCode.NOT_FOUND,
              failure.detail());
      case AUTHENTICATION ->
          new CommandFailure(
              ExitCode.FAILED, "%s refuses: %s".formatted(endpoint, failure.detail()));
      case PARTIAL, INTERNAL, MISSING, ENRICHMENT, MALFORMED, SOURCE ->
          new CommandFailure(ExitCode.FAILED, "%s: %s".formatted(endpoint, failure.detail()));
    };
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1000.0);
  }

  private ProfileCatalog profiles(ArgosConfig config) {
    ProfileCatalog all = ConfiguredProfiles.load(config.profiles());
    if (profile.isEmpty()) {
      return all;
    }
    return all.only(profile.get())
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.NOT_FOUND,
                "there is no profile '%s'; there are %s"
                    .formatted(
                        profile.get(),
                        all.profiles().stream()
                            .filter(one -> !one.isAbstract())
                            .map(Profile::name)
                            .sorted()
                            .collect(Collectors.joining(", ")))));
  }

  private static List<String> configured(ArgosConfig config) {
    Set<String> names = new LinkedHashSet<>();
    for (PluginEntry entry : config.enrichment()) {
      if (entry.settings().get("credentials") instanceof List<?> credentials) {
        credentials.forEach(name -> names.add(String.valueOf(name)));
      }
    }
    return List.copyOf(names);
  }

  private Resource resource() {
    Instant now = InstantSource.system().instant();
    return Resource.newBuilder()
        .setId(ResourceId.of(site, endpoint))
        .setSite(site)
        .setName(endpoint)
        .setResourceClass(resourceClass)
        .setSubclass(subclass)
        .setType(type)
        .setEndpoint(endpoint)
        .setLabels(labels)
        .setTtlSeconds(0)
        .setFirstSeenAt(now)
        .setRevision(0)
        .build();
  }
}
