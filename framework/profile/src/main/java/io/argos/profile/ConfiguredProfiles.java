package io.argos.profile;

import io.argos.config.ConfigException;
import io.argos.config.ConfigProblem;
import io.argos.profile.format.Place;
import io.argos.profile.format.Problem;
import io.argos.profile.format.ProfileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shipped profiles and those of the configured folders, with faults told like any other. */
public final class ConfiguredProfiles {
  private ConfiguredProfiles() {}

  /**
   * Loads the profiles.
   *
   * @throws ConfigException with every problem of every profile
   */
  public static ProfileCatalog load(List<Path> folders) {
    return load(folders, List.of());
  }

  /**
   * Loads the profiles, and some files as if they stood in a last folder.
   *
   * @throws ConfigException with every problem of every profile
   */
  public static ProfileCatalog load(List<Path> folders, List<Path> files) {
    return load(folders, texts(files), Check.ALL);
  }

  /**
   * The same for a file that is tried by the name of its profile, so that it may fit what others
   * fit as well.
   *
   * @throws ConfigException with every problem of every profile
   */
  public static ProfileCatalog withTrial(List<Path> folders, Path file) {
    return load(folders, texts(List.of(file)), Check.TRIAL);
  }

  private static Map<String, String> texts(List<Path> files) {
    Map<String, String> texts = new LinkedHashMap<>();
    List<Problem> unreadable = new ArrayList<>();
    for (Path file : files) {
      try {
        texts.put(file.toString(), ProfileFiles.text(file));
      } catch (IOException e) {
        unreadable.add(new Problem(new Place(file.toString(), 1, 1), ProfileFiles.reason(file, e)));
      }
    }
    if (!unreadable.isEmpty()) {
      throw told(new ProfileException(unreadable));
    }
    return texts;
  }

  /** What is asked of the profiles. */
  private enum Check {
    ALL,
    TRIAL,
    DRAFT
  }

  /**
   * Loads the profiles, and texts by file name as if they stood in a last folder, for a draft on
   * its way into one of the folders: the file that a shell made for it stands there already, with
   * nothing in it, and is not taken for a profile.
   *
   * @throws ConfigException with every problem of every profile
   */
  public static ProfileCatalog besideDraft(List<Path> folders, Map<String, String> above) {
    return load(folders, above, Check.DRAFT);
  }

  private static ProfileCatalog load(List<Path> folders, Map<String, String> above, Check check) {
    try {
      Map<String, String> texts = new LinkedHashMap<>(ProfileFiles.in(folders).all());
      if (check == Check.DRAFT) {
        texts.values().removeIf(String::isEmpty);
      }
      // One of a folder that is named as well comes last.
      texts.keySet().removeAll(above.keySet());
      texts.putAll(above);
      return check == Check.TRIAL
          ? ProfileCatalog.withTies(ProfileFiles.shipped(), texts)
          : ProfileCatalog.of(ProfileFiles.shipped(), texts);
    } catch (ProfileException e) {
      throw told(e);
    } catch (IOException e) {
      throw told(e);
    }
  }

  static ConfigException told(ProfileException wrong) {
    return new ConfigException(
        wrong.problems().stream()
            .map(problem ->
                new ConfigProblem(
                    problem.place().file(),
                    problem.place().line(),
                    problem.place().column(),
                    "",
                    problem.message()))
            .toList());
  }

  static ConfigException told(IOException unreadable) {
    return new ConfigException(
        List.of(
            new ConfigProblem(
                "profiles", 0, 0, "profiles", "cannot be read: " + unreadable.getMessage())));
  }
}
