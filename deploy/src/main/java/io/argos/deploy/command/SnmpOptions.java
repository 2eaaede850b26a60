package io.argos.deploy.command;

import io.argos.deploy.poll.GivenSecrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How a device is asked. Mixed into a command: {@code @Mixin SnmpOptions snmp}. */
@Command
final class SnmpOptions {
  @Option(
      names = "--secret",
      paramLabel = "NAME",
      description =
          "Secret in Redis to ask with. May be repeated: tried in turn. Default: those of the snmp entries in the configuration.")
  private List<String> secrets = new ArrayList<>();

  @Option(
      names = "--community",
      paramLabel = "TEXT",
      description =
          "Community, instead of a secret; - asks for it, or reads standard input. Whoever is on this machine can see the arguments of others: prefer -.")
  private Optional<String> community = Optional.empty();

  @Option(
      names = {"-v", "--snmp-version"},
      paramLabel = "VERSION",
      description = "1, 2c or 3. Default: 2c, with --user 3. A secret says so itself.")
  private Optional<String> version = Optional.empty();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME",
      description = "User of v3.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--auth-protocol",
      paramLabel = "NAME",
      description = "md5, sha, sha224, sha256, sha384 or sha512. Default: sha.")
  private Optional<String> authProtocol = Optional.empty();

  @Option(
      names = "--auth-password",
      paramLabel = "TEXT",
      description = "Password to authenticate with; - as above.")
  private Optional<String> authPassword = Optional.empty();

  @Option(
      names = "--priv-protocol",
      paramLabel = "NAME",
      description = "des, 3des, aes, aes192, aes256, aes192c or aes256c. Default: aes.")
  private Optional<String> privProtocol = Optional.empty();

  @Option(
      names = "--priv-password",
      paramLabel = "TEXT",
      description = "Password to encrypt with; - as above, read after that of --auth-password.")
  private Optional<String> privPassword = Optional.empty();

  @Option(names = "--context", paramLabel = "NAME", description = "Context of v3. Default: none.")
  private Optional<String> contextName = Optional.empty();

  /** Names of secrets, when they are named. */
  List<String> secrets() {
    return List.copyOf(secrets);
  }

  /**
   * What the options give themselves; empty when they name secrets or nothing.
   *
   * @throws picocli.CommandLine.ParameterException when they do not go together
   */
  Optional<GivenSecrets> given(Context context, TypedSecrets typed) throws IOException {
    check(context);
    Map<String, String> fields = new LinkedHashMap<>();
    put(context, typed, fields, "community", community);
    user.ifPresent(name -> fields.put("user", name));
    put(context, typed, fields, "auth-password", authPassword);
    put(context, typed, fields, "priv-password", privPassword);
    authProtocol.ifPresent(name -> fields.put("auth-protocol", name));
    privProtocol.ifPresent(name -> fields.put("priv-protocol", name));
    contextName.ifPresent(name -> fields.put("context", name));
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    version.ifPresent(number -> fields.put("version", number));
    try {
      return Optional.of(GivenSecrets.of(fields));
    } catch (IllegalArgumentException e) {
      throw context.usage(String.valueOf(e.getMessage()));
    }
  }

  private void check(Context context) {
    if (version.isPresent() && !List.of("1", "2c", "3").contains(version.get())) {
      throw context.usage("--snmp-version: '" + version.get() + "' is none of 1, 2c and 3");
    }
    boolean v3 =
        authPassword.isPresent()
            || privPassword.isPresent()
            || authProtocol.isPresent()
            || privProtocol.isPresent()
            || contextName.isPresent();
    if (v3 && user.isEmpty()) {
      throw context.usage("the options of v3 need --user");
    }
    int ways =
        (secrets.isEmpty() ? 0 : 1) + (community.isPresent() ? 1 : 0) + (user.isPresent() ? 1 : 0);
    if (ways > 1) {
      throw context.usage("--secret, --community and --user exclude each other");
    }
    if (version.isPresent() && community.isEmpty() && user.isEmpty()) {
      throw context.usage("--snmp-version needs --community or --user");
    }
    if (version.isPresent() && version.get().equals("3") != user.isPresent()) {
      throw context.usage("--snmp-version 3 goes with --user, 1 and 2c with --community");
    }
  }

  private static void put(
      Context context,
      TypedSecrets typed,
      Map<String, String> fields,
      String field,
      Optional<String> given)
      throws IOException {
    if (given.isPresent()) {
      fields.put(
          field,
          typed
              .value(field, given.get())
              .orElseThrow(() -> context.usage("no " + field + " was given: one a line")));
    }
  }
}
