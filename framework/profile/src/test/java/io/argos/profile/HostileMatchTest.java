package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.ProfileException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Devices that say of themselves what makes a pattern go on for ever. */
class HostileMatchTest {
  private static Matching match(String pattern, String sysDescr) throws ProfileException {
    ProfileCatalog catalog =
        ProfileCatalog.of(
            Map.of(
                "slow.yaml",
                "profile: slow\nmatch: { sysDescr: '" + pattern + "' }\n",
                "all.yaml",
                "profile: all\nmatch: {}\n"));
    return catalog.match(
        new DeviceFacts(
            Optional.empty(), Optional.of(sysDescr), "network", "switch", "any", Map.of()));
  }

  @Test
  void fitNothingByAPatternThatTriesEveryWay() throws ProfileException {
    assertThat(match("^(a+)+$", "a".repeat(5_000) + "!"))
        .isInstanceOfSatisfying(
            Matching.Match.class, match -> assertThat(match.profile().name()).isEqualTo("all"));
  }

  @Test
  void fitNothingByAPatternThatRecursesTooDeep() throws ProfileException {
    assertThat(match("^(a|b)*c", "ab".repeat(30_000) + "c"))
        .isInstanceOfSatisfying(
            Matching.Match.class, match -> assertThat(match.profile().name()).isIn("all", "slow"));
  }

  @Test
  void fitByAnUsualPatternHoweverMuchTheySay() throws ProfileException {
    assertThat(match("Frob OS", "x".repeat(60_000) + " Frob OS 7"))
        .isInstanceOfSatisfying(
            Matching.Match.class, match -> assertThat(match.profile().name()).isEqualTo("slow"));
  }
}
