package io.argos.deploy.profile;

import io.argos.profile.ConfiguredProfiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Holds what was drafted to what every profile is held to. */
public final class DraftCheck {
  private DraftCheck() {}

  /**
   * Reads a draft beside the profiles in force.
   *
   * @throws io.argos.config.ConfigException with every problem of it
   */
  public static void lint(List<Path> folders, String name, String draft) {
    ConfiguredProfiles.load(folders, Map.of(name + ".yaml", draft));
  }
}
