package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstateTest {
  private static final List<String> KNOWN =
      List.of("oslo/edge1", "oslo/edge2", "rome/edge2", "rome/core-router");

  @Test
  void takesAnIdOrANameThatOnlyOneSiteHas() {
    assertThat(Estate.resolve("oslo/edge2", KNOWN)).isEqualTo("oslo/edge2");
    assertThat(Estate.resolve("edge1", KNOWN)).isEqualTo("oslo/edge1");
  }

  @Test
  void namesWhatIsNear() {
    assertRefused("edge2", "'edge2' is in several sites: oslo/edge2, rome/edge2");
    assertRefused("core", "there is no resource 'core'; did you mean rome/core-router?");
    assertRefused("oslo/egde1", "there is no resource 'oslo/egde1'; did you mean oslo/edge1?");
    assertRefused(
        "core-ruoter", "there is no resource 'core-ruoter'; did you mean rome/core-router?");
    assertRefused("zzzzzzzzz", "there is no resource 'zzzzzzzzz'");
  }

  private static void assertRefused(String name, String message) {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> Estate.resolve(name, KNOWN))
        .withMessage(message)
        .matches(failure -> failure.exitCode() == ExitCode.NOT_FOUND);
  }
}
