package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.SnmpDaemon;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SNMPv3 against net-snmp's agent: every protocol with every other, contexts, and refusals. */
class NetSnmpUsmIT {
  private static final Oid SYS_NAME = Oid.parse("1.3.6.1.2.1.1.5.0");
  private static final Oid IF_DESCR = Oid.parse("1.3.6.1.2.1.2.2.1.2");
  private static final SnmpPlan PLAN = SnmpPlan.of(List.of(SYS_NAME), List.of(IF_DESCR));
  private static final String AUTH_PASSWORD = "the-auth-password";
  private static final String PRIV_PASSWORD = "the-priv-password";

  /** Names of ours, and net-snmp's for the same. */
  private static final Map<String, String> AUTH =
      Map.of(
          "md5", "MD5",
          "sha", "SHA",
          "sha224", "SHA-224",
          "sha256", "SHA-256",
          "sha384", "SHA-384",
          "sha512", "SHA-512");

  private static final Map<String, String> PRIV =
      Map.of(
          "des", "DES",
          "aes", "AES",
          "aes192", "AES-192",
          "aes256", "AES-256",
          "aes192c", "AES-192-C",
          "aes256c", "AES-256-C");

  @TempDir static Path folder;
  private static SnmpDaemon daemon;
  private static SnmpEngine engine;

  @BeforeAll
  static void start() {
    assumeTrue(SnmpDaemon.program().isPresent(), "snmpd is not installed");
    daemon = SnmpDaemon.startOverIpv6(folder, users().toArray(String[]::new));
    engine = SnmpEngine.open(new SnmpConfig(Duration.ofSeconds(2), 1, 48, 4, 1000, 0, 2));
  }

  @AfterAll
  static void stop() {
    if (daemon != null) {
      engine.close();
      daemon.close();
    }
  }

  private static List<String> users() {
    List<String> lines = new ArrayList<>();
    lines.add("createUser nobody");
    lines.add("rouser nobody noauth");
    AUTH.forEach((auth, itsName) -> {
      lines.add("createUser %s %s %s".formatted(auth, itsName, AUTH_PASSWORD));
      lines.add("rouser %s auth".formatted(auth));
      PRIV.forEach((priv, privName) -> {
        lines.add(
            "createUser %s-%s %s %s %s %s"
                .formatted(auth, priv, itsName, AUTH_PASSWORD, privName, PRIV_PASSWORD));
        lines.add("rouser %s-%s priv".formatted(auth, priv));
      });
    });
    // What is called sysName in the context is the sysLocation of the agent itself.
    lines.add("rouser sha-aes priv .1 rack");
    lines.add(
        "proxy -Cn rack -v 2c -c %s udp6:[::1]:%s .1.3.6.1.2.1.1.5 .1.3.6.1.2.1.1.6"
            .formatted(SnmpDaemon.COMMUNITY, SnmpDaemon.PORT));
    return lines;
  }

  static List<String> accounts() {
    List<String> accounts = new ArrayList<>();
    for (String auth : AUTH.keySet().stream().sorted().toList()) {
      accounts.add(auth);
      PRIV.keySet().stream().sorted().forEach(priv -> accounts.add(auth + "-" + priv));
    }
    accounts.add("nobody");
    return accounts;
  }

  /** The secret of a user whose name says its protocols. */
  private static Map<String, String> fields(String user) {
    Map<String, String> fields = new HashMap<>(Map.of("user", user));
    String[] protocols = user.split("-", 2);
    if (AUTH.containsKey(protocols[0])) {
      fields.put("auth-protocol", protocols[0]);
      fields.put("auth-password", AUTH_PASSWORD);
      if (protocols.length == 2) {
        fields.put("priv-protocol", protocols[1]);
        fields.put("priv-password", PRIV_PASSWORD);
      }
    }
    return fields;
  }

  private static SnmpReply read(InetSocketAddress address, Map<String, String> fields)
      throws Exception {
    SnmpCredential credential = SnmpCredentials.of(new Secret("lab", fields));
    SnmpLimits limits = new SnmpLimits(Duration.ofSeconds(1), 1, 48, 4, 1000);
    return engine.read(new SnmpTarget(address, credential, limits), PLAN).get(60, TimeUnit.SECONDS);
  }

  private static void assertRead(SnmpReply reply, String name) {
    assertThat(reply.failure()).isEmpty();
    assertThat(new String(reply.values().get(SYS_NAME).octets()[0], StandardCharsets.UTF_8))
        .isEqualTo(name);
    assertThat(reply.values().get(IF_DESCR).size()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void readsWithEveryProtocol(String user) throws Exception {
    assertRead(read(daemon.address(), fields(user)), "argos-test");
  }

  @Test
  void readsInAContext() throws Exception {
    Map<String, String> fields = fields("sha-aes");
    fields.put("context", "rack");

    SnmpReply reply = read(daemon.address(), fields);

    assertThat(reply.failure()).isEmpty();
    assertThat(new String(reply.values().get(SYS_NAME).octets()[0], StandardCharsets.UTF_8))
        .isEqualTo("rack 7");
    assertThat(reply.values().get(IF_DESCR).size()).as("no interfaces in there").isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "md5-des,     user,          stranger,           unknown user name",
    "md5,         auth-password, not-the-password,   wrong digest",
    "sha,         auth-password, not-the-password,   wrong digest",
    "sha512,      auth-password, not-the-password,   wrong digest",
    "sha256-aes,  auth-protocol, sha512,             wrong digest",
    "sha512-aes,  auth-password, not-the-password,   wrong digest"
  })
  void namesWhatIsWrong(String user, String field, String wrong, String problem) throws Exception {
    long before = engine.counters().refused();
    Map<String, String> fields = fields(user);
    fields.put(field, wrong);

    SnmpReply reply = read(daemon.address(), fields);

    assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Refused.class);
    assertThat(reply.failure().orElseThrow().detail()).contains("'lab'").contains(problem);
    assertThat(engine.counters().refused()).isEqualTo(before + 1);
  }

  /**
   * It takes what it cannot decrypt for garbage, and says nothing of a context without anything.
   */
  @ParameterizedTest
  @CsvSource({
    "sha256-aes,  priv-password, not-the-password",
    "sha256-aes,  priv-protocol, des",
    "sha-aes256,  priv-protocol, aes256c",
    "sha-aes,     context,       nowhere"
  })
  void countsAsUnansweredWhatTheAgentIsSilentAbout(String user, String field, String wrong)
      throws Exception {
    long before = engine.counters().unanswered();
    Map<String, String> fields = fields(user);
    fields.put(field, wrong);

    SnmpReply reply = read(daemon.address(), fields);

    assertThat(reply.failure()).containsInstanceOf(SnmpFailure.NoAnswer.class);
    assertThat(engine.counters().unanswered()).isEqualTo(before + 1);
  }

  @Test
  void namesALevelThatTheUserDoesNotHave() throws Exception {
    Map<String, String> fields = fields("sha");
    fields.put("priv-protocol", "aes");
    fields.put("priv-password", PRIV_PASSWORD);

    SnmpReply more = read(daemon.address(), fields);
    fields = fields("sha-aes");
    fields.keySet().removeIf(field -> field.startsWith("priv"));
    SnmpReply less = read(daemon.address(), fields);

    assertThat(more.failure()).containsInstanceOf(SnmpFailure.Refused.class);
    assertThat(less.failure()).containsInstanceOf(SnmpFailure.Refused.class);
  }

  /** Boots, the last of them with its count set back, and at last another engine in its place. */
  @Test
  void goesOnAfterBootsAndWithAnotherEngine(@TempDir Path folders) throws Exception {
    String[] engines = {
      "exactEngineID 0x80001f8804aa\nengineBoots 3",
      "exactEngineID 0x80001f8804aa\nengineBoots 9",
      "exactEngineID 0x80001f8804aa\nengineBoots 1",
      "exactEngineID 0x80001f8804bb\nengineBoots 4"
    };
    InetSocketAddress address = null;
    for (int boot = 0; boot < engines.length; boot++) {
      Path own = Files.createDirectory(folders.resolve("boot-" + boot));
      String[] lines = {
        "createUser sha-aes SHA %s AES %s".formatted(AUTH_PASSWORD, PRIV_PASSWORD),
        "rouser sha-aes priv",
        engines[boot]
      };
      try (SnmpDaemon next =
          address == null ? SnmpDaemon.start(own, lines) : SnmpDaemon.start(own, address, lines)) {
        address = next.address();
        assertRead(read(address, fields("sha-aes")), "argos-test");
        assertRead(read(address, fields("sha-aes")), "argos-test");
      }
    }
  }
}
