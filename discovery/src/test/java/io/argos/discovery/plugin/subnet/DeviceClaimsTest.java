package io.argos.discovery.plugin.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Alias;
import io.argos.schemas.ResourceClaim;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviceClaimsTest {
  private static final Instant BOOT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CISCO = "1.3.6.1.4.1.9.1.1208";

  @Test
  void claimsADeviceUnderItsFoldedName() {
    assertThat(claims(161, device("192.0.2.7", "Core-1.Example.NET", BOOT)))
        .containsExactly(
            ResourceClaim.newBuilder()
                .setSite("lab")
                .setName("core-1.example.net")
                .setAliases(
                    List.of(
                        new Alias("sysname", "Core-1.Example.NET"),
                        new Alias("fqdn", "Core-1.Example.NET"),
                        new Alias("address", "192.0.2.7")))
                .setResourceClass("network")
                .setSubclass("switch")
                .setType("cisco")
                .setEndpoint("192.0.2.7")
                .setAddresses(List.of("192.0.2.7"))
                .setLabels(Map.of("tenant", "x"))
                .setCredential("snmp-lab")
                .setTtlSeconds(60)
                .setRank(5)
                .build());
  }

  @Test
  void fallsBackToTheAddressWhereTheNameTellsNothing() {
    for (String name : List.of("", "localhost", "localhost.localdomain", "(none)", "a\u0007b")) {
      assertThat(claims(1161, device("192.0.2.7", name, BOOT)))
          .singleElement()
          .satisfies(claim -> {
            assertThat(claim.getName()).isEqualTo("192.0.2.7");
            assertThat(claim.getAliases()).containsExactly(new Alias("address", "192.0.2.7"));
            assertThat(claim.getEndpoint()).isEqualTo("192.0.2.7:1161");
          });
    }
    assertThat(claims(1161, device("2001:db8::1", "", BOOT)).getFirst().getEndpoint())
        .isEqualTo("[2001:db8:0:0:0:0:0:1]:1161");
  }

  @Test
  void claimsADeviceWithSeveralAddressesOnceInWhateverOrderTheyAnswered() {
    List<Finding> findings =
        new ArrayList<>(
            List.of(
                device("192.0.2.200", "a", BOOT.plusSeconds(9)),
                device("192.0.2.9", "A", BOOT),
                device("192.0.2.10", "b", BOOT),
                new Finding.Nothing()));
    long seed = 3;
    System.out.println("seed " + seed);
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(findings, new Random(seed + i));

      List<ResourceClaim> claims = claims(161, findings.toArray(Finding[]::new));

      assertThat(claims).extracting(ResourceClaim::getName).containsExactly("a", "b");
      assertThat(claims.getFirst().getAddresses()).containsExactly("192.0.2.9", "192.0.2.200");
      assertThat(claims.getFirst().getEndpoint()).isEqualTo("192.0.2.9");
    }
  }

  @Test
  void tellsDifferentDevicesOfOneNameApart() {
    List<ResourceClaim> claims =
        claims(
            161,
            device("192.0.2.1", "switch", BOOT),
            device("192.0.2.2", "switch", BOOT.plus(Duration.ofHours(1))),
            device("192.0.2.3", "switch", BOOT.plusSeconds(2)));

    assertThat(claims).extracting(ResourceClaim::getName).containsExactly("192.0.2.1", "192.0.2.2");
    assertThat(claims.getFirst().getAddresses()).containsExactly("192.0.2.1", "192.0.2.3");
    assertThat(claims)
        .flatExtracting(ResourceClaim::getAliases)
        .extracting(Alias::getKind)
        .containsOnly("address");
  }

  @Test
  void knowsVendorsByTheirNumbers() {
    assertThat(Enterprises.vendorOf("1.3.6.1.4.1.2636.1.1.1.2.29")).isEqualTo("juniper");
    assertThat(Enterprises.vendorOf("1.3.6.1.4.1.9")).isEqualTo("cisco");
    assertThat(Enterprises.vendorOf("1.3.6.1.4.1.99.1")).isEqualTo("unknown");
    assertThat(Enterprises.vendorOf("")).isEqualTo("unknown");
  }

  private static Finding device(String address, String name, Instant bootedAt) {
    return new Finding.Device(
        InetAddress.ofLiteral(address),
        "snmp-lab",
        new Finding.SystemGroup("a switch", CISCO, name, Optional.of(bootedAt)));
  }

  private static List<ResourceClaim> claims(int port, Finding... findings) {
    SweepSettings settings =
        new SweepSettings(
            Addresses.parse(List.of("192.0.2.1"), List.of(), new ArrayList<>()),
            List.of("snmp-lab"),
            new SweepSettings.Asking(port, Duration.ofSeconds(1), 0, 1, 100),
            new SweepSettings.Saying("lab", "network", "switch", Map.of("tenant", "x"), 5, 60));
    return new DeviceClaims(settings, System.getLogger("test")).of(List.of(findings));
  }
}
