package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.deploy.log.Escapes;
import io.argos.profile.ConfiguredProfiles;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.proof.Proof;
import io.argos.profile.proof.ProofCase;
import io.argos.profile.proof.ProofCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code argos profile test}. */
@Command(
    name = "test",
    description = {
      "Replays the recordings beside the profiles, from matching to metric groups, and compares with what is expected of them.",
      "A folder of profiles has them in tests/NAME or tests/NAME-VARIANT: recording.snmprec and expected.json. Those that ship are proven without your own profiles. Exit code 1 if anything differs."
    },
    footer = {
      "  argos profile test                      all of them",
      "  argos profile test juniper",
      "  argos profile test frob --record        writes expected.json of your own folder; read it before you keep it"
    })
final class ProfileTestCommand implements Callable<Integer> {
  /** Differences printed of one case; all are in the JSON. */
  private static final int SHOWN = 20;

  @Mixin private Context context = new Context();
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Only the cases of this profile, or the one of this name. Default: all.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--record",
      description = "Writes expected.json anew, of cases in your own folders.")
  private boolean record;

  /** A case and what came of it. */
  private record Proven(ProofCase one, Proof.Result result) {
    /** A case is of the profile that it fits, or that its name tells. */
    boolean isOf(String wanted) {
      return one.name().equals(wanted)
          || result.profile().equals(wanted)
          || (result.profile().isEmpty() && one.name().startsWith(wanted));
    }
  }

  @Override
  public Integer call() throws IOException {
    ArgosConfig config = context.config();
    ProfileCatalog profiles = ConfiguredProfiles.load(config.profiles());
    List<Proven> proven = prove(profiles, config);
    if (record) {
      for (Proven one : proven) {
        write(profiles, one.one());
      }
      proven = prove(profiles, config);
    }
    if (output.format() == Output.Format.TABLE) {
      proven.forEach(this::print);
    } else {
      output.rows(context.out(), proven.stream().map(ProfileTestCommand::row).toList());
    }
    return counts(proven);
  }

  private List<Proven> prove(ProfileCatalog profiles, ArgosConfig config) throws IOException {
    ProfileCatalog shipped = ProfileCatalog.shipped();
    List<Proven> proven = new ArrayList<>();
    for (ProofCase one : ProofCases.load(config.profiles())) {
      proven.add(new Proven(one, Proof.of(one.shipped() ? shipped : profiles, one)));
    }
    if (name.isPresent()) {
      String wanted = name.get();
      proven.removeIf(one -> !one.isOf(wanted));
      if (proven.isEmpty()) {
        ProfileCommand.find(profiles, wanted);
        throw new CommandFailure(
            ExitCode.NOT_FOUND,
            "no recording proves '%s': put one into tests/%s/recording.snmprec beside the profile"
                .formatted(wanted, wanted));
      }
    }
    return proven;
  }

  private void write(ProfileCatalog profiles, ProofCase one) throws IOException {
    if (one.shipped()) {
      context.err().println(one.name() + ": ships with Argos, so it is not written");
      return;
    }
    Path file = Path.of(one.origin()).resolve(ProofCases.EXPECTED);
    Files.writeString(file, Proof.record(profiles, one));
    context.err().println("wrote " + file);
  }

  private void print(Proven proven) {
    Proof.Result result = proven.result();
    context
        .out()
        .printf(
            "%-4s  %-24s  %-24s  %d of %d rows%n",
            result.holds() ? "ok" : "MISS",
            proven.one().name(),
            result.profile().isEmpty() ? "-" : result.profile(),
            result.equal(),
            result.expected());
    result.differences().stream()
        .limit(SHOWN)
        .forEach(difference ->
            difference
                .lines()
                .forEach(line -> context.out().println("      " + Escapes.line(line))));
    int more = result.differences().size() - SHOWN;
    if (more > 0) {
      context.out().println("      and " + more + " more");
    }
  }

  private static ObjectNode row(Proven proven) {
    Proof.Result result = proven.result();
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("case", proven.one().name())
            .put("profile", result.profile())
            .put("holds", result.holds())
            .put("expected", result.expected())
            .put("equal", result.equal());
    result.differences().forEach(row.putArray("differences")::add);
    return row;
  }

  private int counts(List<Proven> proven) {
    long hold = proven.stream().filter(one -> one.result().holds()).count();
    long missed = proven.size() - hold;
    String line =
        "%d %s: %d hold, %d %s; %d of %d rows"
            .formatted(
                proven.size(),
                proven.size() == 1 ? "case" : "cases",
                hold,
                missed,
                missed == 1 ? "misses" : "miss",
                proven.stream().mapToInt(one -> one.result().equal()).sum(),
                proven.stream().mapToInt(one -> one.result().expected()).sum());
    (output.format() == Output.Format.TABLE ? context.out() : context.err()).println(line);
    return (missed == 0 ? ExitCode.OK : ExitCode.FAILED).code();
  }
}
