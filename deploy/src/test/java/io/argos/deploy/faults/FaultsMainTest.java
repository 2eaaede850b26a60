package io.argos.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.deploy.faults.scenario.Scenario;
import io.argos.deploy.faults.scenario.Scenarios;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FaultsMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listsTheScenarios() {
    assertThat(run("--list")).isZero();

    assertThat(out.toString().lines())
        .hasSameSizeAs(Scenarios.all())
        .anyMatch(line -> line.matches("leader-kill +kill -9 of the polling leader.*"));
  }

  @Test
  void namesThemToWhoAsksForAnother() {
    assertThat(run("--scenario", "flood")).isEqualTo(CommandLine.ExitCode.USAGE);

    assertThat(err.toString())
        .startsWith("--scenario: 'flood' is none of ")
        .contains(Scenarios.all().stream().map(Scenario::name).toList());
  }

  @Test
  void refusesTimeThatIsNone() {
    assertThat(run("--minutes", "-1")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("--minutes", "soon")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("--group-session", "-4")).isEqualTo(CommandLine.ExitCode.USAGE);

    assertThat(err.toString())
        .contains("--minutes: -1 is below 0", "'soon'", "--group-session: -4 is below 0");
  }

  @Test
  void explainsItself() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString()).contains("--seed", "--real-timers", "--scenario", "Exit codes");
  }

  @Test
  void knowsEachScenarioByOneName() {
    assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
    assertThat(Scenarios.all())
        .allSatisfy(scenario -> {
          assertThat(scenario.name()).matches("[a-z]+(-[a-z]+)*");
          assertThat(Scenarios.named(scenario.name())).contains(scenario);
        });
  }

  private int run(String... arguments) {
    return FaultsMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
