package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.argos.profile.format.Profile;
import io.argos.profile.proof.Proof;
import io.argos.profile.proof.ProofCase;
import io.argos.profile.proof.ProofCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shipped profile is replayed against recordings of our own making: one folder bears its name,
 * others that of a variant. After a change that is meant, {@code -Dargos.profile.record=true}
 * writes the expected files anew, to be read before they are committed.
 */
class ShippedProfilesTest {
  private static final Path TESTS = Path.of("..", "..", "config", "profiles", "tests");
  private static final ProfileCatalog CATALOG = ProfileCatalog.shipped();

  static Stream<String> recordings() throws IOException {
    try (Stream<Path> folders = Files.list(TESTS)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void hasARecordingOfEachProfile() throws IOException {
    List<String> wanted =
        CATALOG.profiles().stream().filter(p -> !p.isAbstract()).map(Profile::name).toList();

    assertThat(recordings()).containsAll(wanted);
  }

  @Test
  void shipsTheRecordingsWithTheProfiles() throws IOException {
    List<String> shipped = ProofCases.load(List.of()).stream().map(ProofCase::name).toList();

    assertThat(shipped).containsAll(recordings().toList());
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void yieldsWhatIsExpected(String name) throws IOException {
    ProofCase one = read(TESTS.resolve(name));
    String actual = Proof.record(CATALOG, one);
    if (Boolean.getBoolean("argos.profile.record")) {
      Files.writeString(TESTS.resolve(name).resolve(ProofCases.EXPECTED), actual);
      one = read(TESTS.resolve(name));
    }

    Proof.Result result = Proof.of(CATALOG, one);

    assertThat(result.differences()).isEmpty();
    assertThat(result.equal()).isEqualTo(result.expected()).isPositive();
    assertThat(name).startsWith(result.profile());
    // The order of sections and rows is part of what is expected.
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(actual).path("groups"))
        .isEqualTo(json.readTree(one.expected().orElseThrow()).path("groups"));
  }

  private static ProofCase read(Path folder) throws IOException {
    Path expected = folder.resolve(ProofCases.EXPECTED);
    return new ProofCase(
        folder.getFileName().toString(),
        folder.toString(),
        true,
        Files.readString(folder.resolve(ProofCases.RECORDING), StandardCharsets.ISO_8859_1),
        Files.exists(expected) ? Optional.of(Files.readString(expected)) : Optional.empty());
  }
}
