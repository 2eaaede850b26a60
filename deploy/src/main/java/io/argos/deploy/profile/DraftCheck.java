package io.argos.deploy.profile;

import io.argos.profile.ConfiguredProfiles;
import io.argos.profile.ProfileCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Holds what was drafted to what every profile is held to. */
public final class DraftCheck {
  private DraftCheck() {}

  /** The profiles in force, whatever file a shell has made for the draft. */
  public static ProfileCatalog beside(List<Path> folders) {
    return ConfiguredProfiles.besideDraft(folders, Map.of());
  }

  /**
   * Reads a draft beside the profiles in force.
   *
   * @throws io.argos.config.ConfigException with every problem of it
   */
  public static void lint(List<Path> folders, String name, String draft) {
    ConfiguredProfiles.besideDraft(folders, Map.of(name + ".yaml", draft));
  }
}
