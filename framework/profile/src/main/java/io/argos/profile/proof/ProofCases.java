package io.argos.profile.proof;

import io.argos.profile.ProfileFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the cases of profiles: each is a folder below {@code tests} beside the profiles. */
public final class ProofCases {
  /** The file with the answers of the device. */
  public static final String RECORDING = "recording.snmprec";

  /** The file with the groups expected of it. */
  public static final String EXPECTED = "expected.json";

  private ProofCases() {}

  /**
   * The shipped cases and those of some folders of profiles, by name. One in a folder takes the
   * place of a shipped one, or of one in an earlier folder, that has its name.
   *
   * @throws IOException when a folder cannot be read
   */
  public static List<ProofCase> load(List<Path> folders) throws IOException {
    Map<String, ProofCase> cases = new TreeMap<>();
    cases.putAll(ProfileFiles.shipped(folder -> in(folder, true)));
    for (Path folder : folders) {
      cases.putAll(in(folder, false));
    }
    return List.copyOf(cases.values());
  }

  /** The cases that belong to the profiles of one folder. */
  private static Map<String, ProofCase> in(Path profiles, boolean shipped) throws IOException {
    Map<String, ProofCase> cases = new TreeMap<>();
    Path tests = profiles.resolve("tests");
    if (!Files.isDirectory(tests)) {
      return cases;
    }
    try (Stream<Path> folders = Files.list(tests)) {
      for (Path folder : folders.toList()) {
        Path recording = folder.resolve(RECORDING);
        if (Files.exists(recording)) {
          // A folder in a jar may end in a slash.
          String name = String.valueOf(folder.getFileName()).replace("/", "");
          Path expected = folder.resolve(EXPECTED);
          cases.put(
              name,
              new ProofCase(
                  name,
                  folder.toString(),
                  shipped,
                  Files.readString(recording, StandardCharsets.ISO_8859_1),
                  Files.exists(expected)
                      ? Optional.of(Files.readString(expected))
                      : Optional.empty()));
        }
      }
    }
    return cases;
  }
}
