package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the shipped profiles a Cisco device gets, by what it or its resource says. */
class CiscoMatchingTest {
  private static final ProfileCatalog CATALOG = ProfileCatalog.shipped();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Cisco IOS Software, C3560 Software (C3560-IPBASE-M), Version 12.2(35)SE5 | cisco-ios",
        "Cisco Internetwork Operating System Software IOS (tm) C2600 Software | cisco-ios",
        "Cisco IOS Software [Everest], Catalyst L3 Switch Software, Version 16.6.4 | cisco-ios",
        "Cisco IOS-XE Software, Version 17.3 | cisco-ios",
        "Cisco IOS Software, ASR1000 Software (X86_64_LINUX_IOSD-ADV), Version 15.4(3)S | cisco-asr",
        "Cisco IOS XR Software (Cisco ASR9K Series), Version 5.3.4 | cisco",
        "Cisco NX-OS(tm) n7000, Software (n7000-s2-dk9), Version 6.2(10) | cisco-nxos",
        "Cisco Adaptive Security Appliance Version 9.8(4) | cisco-asa",
        "Cisco Controller | cisco",
      })
  void goesByTheDescription(String descr, String profile) {
    assertThat(match("1.3.6.1.4.1.9.1.1", descr, Map.of())).isEqualTo(profile);
  }

  @ParameterizedTest
  @CsvSource({
    "3560G-48TS-S, cisco-ios",
    "WS-C3560X-48PF-L, cisco-ios",
    "4948E, cisco-ios",
    "6509-E, cisco-ios",
    "none-network-sw, cisco-ios",
    "3650-24TS, cisco-ios",
    "ws-c4948-10GE, cisco-ios",
    "C9300-48P, cisco-ios",
    "2811, cisco-ios",
    "ISR4331, cisco-ios",
    "7206VXR, cisco-ios",
    "5020, cisco-nxos",
    "3548P, cisco-nxos",
    "3048T, cisco-nxos",
    "36180YC-R, cisco-nxos",
    "5548UP, cisco-nxos",
    "N7K-C7009, cisco-nxos",
    "Nexus 9372PX, cisco-nxos",
    "9372PX, cisco-nxos",
    "ASA5525, cisco-asa",
    "5585-X, cisco-asa",
    "ASR1001, cisco-asr",
    "generic, cisco",
  })
  void goesByTheModelOfTheResource(String model, String profile) {
    assertThat(match("", "", Map.of("model", model))).isEqualTo(profile);
  }

  @Test
  void neverTiesOverAModel() {
    Stream<String> models =
        IntStream.range(1000, 10_000)
            .boxed()
            .flatMap(n -> Stream.of("" + n, n + "X-48", "WS-C" + n, "N" + n, "ASR" + n, n + "0YC"));

    assertThat(models.filter(model -> match("", "", Map.of("model", model)).isEmpty())).isEmpty();
    assertThat(match("", "", Map.of("model", "ASR1002", "os", "IOS-XE"))).isEqualTo("cisco-asr");
  }

  /** Name of the profile; empty when several fit equally well. */
  private static String match(String oid, String descr, Map<String, String> labels) {
    DeviceFacts facts =
        new DeviceFacts(
            Optional.of(oid).filter(o -> !o.isEmpty()),
            Optional.of(descr).filter(d -> !d.isEmpty()),
            "network",
            "switch",
            "cisco",
            labels);
    return switch (CATALOG.match(facts)) {
      case Matching.Match match -> match.profile().name();
      case Matching.Ambiguous _ -> "";
      case Matching.None _ -> "none";
    };
  }
}
