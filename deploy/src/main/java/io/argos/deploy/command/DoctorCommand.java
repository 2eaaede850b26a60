package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.deploy.doctor.Doctor;
import io.argos.deploy.doctor.Result;
import io.argos.deploy.log.Escapes;
import io.argos.deploy.standalone.ConfigChecks;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code argos doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks at servers, topics, leaders, clocks, secrets, agents and the flow of jobs, changes nothing, and says",
      "what is wrong and what to do. Each check has five seconds; with one server away the others are still made.",
      "Exit code 0 when nothing fails (warnings are no failure), 1 when something does."
    },
    footer = {
      "  argos doctor",
      "  argos doctor -c argos.yaml               before the first start, too",
      "  argos doctor --json | jq -r '.checks[] | select(.verdict == \"fail\") | .sentence'"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();

  @Option(names = "--json", description = "The same as -o json.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    List<Result> results = Doctor.examine(context.config(ConfigChecks::all));
    if (!json && output.format() == Output.Format.TABLE) {
      lines(results);
    } else {
      output.document(context.out(), document(results), json);
    }
    return (count(results, Result.Verdict.FAIL) == 0 ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private void lines(List<Result> results) {
    String group = "";
    for (Result result : results) {
      if (!result.group().equals(group)) {
        group = result.group();
        context.out().println(group);
      }
      context
          .out()
          .printf(
              "  %-4s  %s: %s%n",
              word(result.verdict()), Escapes.line(result.name()), Escapes.line(result.sentence()));
    }
    context
        .out()
        .printf(
            "%d ok, %d to know, %d failed%n",
            count(results, Result.Verdict.OK),
            count(results, Result.Verdict.WARN),
            count(results, Result.Verdict.FAIL));
  }

  private static String word(Result.Verdict verdict) {
    return verdict == Result.Verdict.FAIL ? "FAIL" : verdict.name().toLowerCase(Locale.ROOT);
  }

  private static long count(List<Result> results, Result.Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }

  private static ObjectNode document(List<Result> results) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (Result.Verdict verdict : Result.Verdict.values()) {
      document.put(verdict.name().toLowerCase(Locale.ROOT), count(results, verdict));
    }
    var checks = document.putArray("checks");
    for (Result result : results) {
      checks
          .addObject()
          .put("group", result.group())
          .put("name", result.name())
          .put("verdict", result.verdict().name().toLowerCase(Locale.ROOT))
          .put("sentence", result.sentence());
    }
    return document;
  }
}
