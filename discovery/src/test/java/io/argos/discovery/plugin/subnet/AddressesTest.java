package io.argos.discovery.plugin.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private final List<String> problems = new ArrayList<>();

  @Test
  void leavesOutTheAddressesOfANetworkThatNoDeviceHas() {
    assertThat(all("192.0.2.8/29"))
        .containsExactly(
            "192.0.2.9", "192.0.2.10", "192.0.2.11", "192.0.2.12", "192.0.2.13", "192.0.2.14");
    assertThat(all("192.0.2.13/30")).containsExactly("192.0.2.13", "192.0.2.14");
    assertThat(all("192.0.2.8/31")).containsExactly("192.0.2.8", "192.0.2.9");
    assertThat(all("192.0.2.8/32")).containsExactly("192.0.2.8");
    assertThat(all("2001:db8::/126"))
        .containsExactly("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2", "2001:db8:0:0:0:0:0:3");
    assertThat(all("2001:db8::/127")).hasSize(2);
  }

  @Test
  void takesSpansAsTheyStand() {
    assertThat(all("127.0.0.255-127.0.1.1"))
        .containsExactly("127.0.0.255", "127.0.1.0", "127.0.1.1");
    assertThat(all("255.255.255.254-255.255.255.255")).hasSize(2);
    assertThat(all("0.0.0.7 - 0.0.0.8")).containsExactly("0.0.0.7", "0.0.0.8");
    assertThat(all("::1")).containsExactly("0:0:0:0:0:0:0:1");
  }

  @Test
  void asksAnAddressOnceAndNoneThatIsExcluded() {
    Addresses addresses =
        Addresses.parse(
            List.of("192.0.2.0/29", "192.0.2.5-192.0.2.8"),
            List.of("192.0.2.2/31", "192.0.2.8"),
            problems);

    assertThat(problems).isEmpty();
    assertThat(addresses.size()).isEqualTo(10);
    assertThat(all(addresses))
        .containsExactly("192.0.2.1", "192.0.2.4", "192.0.2.5", "192.0.2.6", "192.0.2.7");
  }

  @Test
  void saysWhatIsWrongWithEachRange() {
    Addresses.parse(
        List.of("192.0.2.0/33", "192.0.2", "router.example", "192.0.2.9-192.0.2.8", "::1-1.2.3.4"),
        List.of("1.2.3.4/x"),
        problems);

    assertThat(problems)
        .containsExactly(
            range("ranges", "192.0.2.0/33") + "'/33' is not a prefix length from 0 to 32",
            range("ranges", "192.0.2") + "'192.0.2' is not an IP address",
            range("ranges", "router.example") + "'router.example' is not an IP address",
            range("ranges", "192.0.2.9-192.0.2.8") + "its end does not follow its beginning",
            range("ranges", "::1-1.2.3.4") + "its end does not follow its beginning",
            range("excluded", "1.2.3.4/x") + "'/x' is not a prefix length from 0 to 32");
  }

  @Test
  void refusesMoreThanCanBeSwept() {
    Addresses.parse(List.of("2001:db8::/64", "10.0.0.0/8"), List.of(), problems);

    assertThat(problems)
        .containsExactly(
            "ranges: 18446744073726328829 addresses in all, and at most 1048576 are swept");
    problems.clear();
    assertThat(Addresses.parse(List.of("10.0.0.0/12"), List.of(), problems).size())
        .isEqualTo(1_048_574);
    assertThat(problems).isEmpty();
  }

  private static String range(String key, String text) {
    return key + ": '" + text + "' is not a range such as 192.0.2.0/24 or 192.0.2.7-192.0.2.12: ";
  }

  private List<String> all(String range) {
    List<String> all = all(Addresses.parse(List.of(range), List.of(), problems));
    assertThat(problems).isEmpty();
    return all;
  }

  private static List<String> all(Addresses addresses) {
    return LongStream.range(0, addresses.size())
        .mapToObj(addresses::at)
        .flatMap(Optional::stream)
        .map(InetAddress::getHostAddress)
        .toList();
  }
}
