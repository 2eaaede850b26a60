package io.argos.deploy.command;

import io.argos.config.ArgosConfig;
import io.argos.config.PluginEntry;
import io.argos.deploy.poll.GivenSecrets;
import io.argos.profile.SnmpTargets;
import io.argos.runtime.secret.RedisSecrets;
import io.argos.schemas.Resource;
import io.argos.schemas.topic.ResourceId;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One device that a command asks itself: what it is, and how to ask it. Mixed into a command. */
@Command
final class DeviceOptions {
  @Mixin private SnmpOptions snmp = new SnmpOptions();

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

  /** Something that asks the device. */
  interface Asking<T> {
    /**
     * @param credentials names of the secrets to try, in this order
     */
    T with(Secrets secrets, List<String> credentials) throws InterruptedException, IOException;
  }

  /**
   * Asks with what the options give, or with the secrets that they or the configuration name.
   *
   * @throws picocli.CommandLine.ParameterException when there is nothing to ask with
   */
  <T> T ask(Context context, ArgosConfig config, Asking<T> asking)
      throws IOException, InterruptedException {
    Optional<GivenSecrets> given = snmp.given(context, new TypedSecrets(System.in));
    if (given.isPresent()) {
      return asking.with(given.get(), List.of(GivenSecrets.NAME));
    }
    List<String> names = snmp.secrets().isEmpty() ? configured(config) : snmp.secrets();
    if (names.isEmpty()) {
      throw context.usage(
          "say how to ask it: --secret, --community or --user; the configuration has no snmp entry with credentials");
    }
    try (RedisSecrets secrets =
        new RedisSecrets(config.redis(), config.prefix(), InstantSource.system())) {
      return asking.with(secrets, names);
    }
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

  /**
   * The device as a resource.
   *
   * @throws picocli.CommandLine.ParameterException when the endpoint is none
   */
  Resource resource(Context context, String endpoint) {
    try {
      SnmpTargets.check(endpoint);
    } catch (IllegalArgumentException e) {
      throw context.usage("ENDPOINT: '%s': %s".formatted(endpoint, e.getMessage()));
    }
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

  /** A device that could not be asked, as the end of a command. */
  static CommandFailure failed(
      String endpoint, ArgosConfig config, Failure failure, DeviceStatus status) {
    return switch (failure.cause()) {
      case TIMEOUT -> {
        int times = config.snmp().retries() + 1;
        yield new CommandFailure(
            ExitCode.UNREACHABLE,
            "%s: %s, asked %s, %s each time. A wrong address, version or community and a filter on the way look the same from here."
                .formatted(
                    endpoint,
                    failure.detail(),
                    times == 1 ? "once" : times + " times",
                    seconds(config.snmp().timeout())));
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
}
