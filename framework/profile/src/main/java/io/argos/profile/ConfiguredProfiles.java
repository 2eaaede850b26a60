package io.argos.profile;

import io.argos.config.ConfigException;
import io.argos.config.ConfigProblem;
import io.argos.profile.format.ProfileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The shipped profiles and those of the configured folders, with faults told like any other. */
public final class ConfiguredProfiles {
  private ConfiguredProfiles() {}

  /**
   * Loads the profiles.
   *
   * @throws ConfigException with every problem of every profile
   */
  public static ProfileCatalog load(List<Path> folders) {
    try {
      return ProfileCatalog.load(folders);
    } catch (ProfileException e) {
      throw new ConfigException(
          e.problems().stream()
              .map(problem ->
                  new ConfigProblem(
                      problem.place().file(),
                      problem.place().line(),
                      problem.place().column(),
                      "",
                      problem.message()))
              .toList());
    } catch (IOException e) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  "profiles", 0, 0, "profiles", "cannot be read: " + e.getMessage())));
    }
  }
}
