package io.argos.profile;

import io.argos.profile.format.MatchRule;
import io.argos.profile.format.Profile;
import io.argos.profile.format.ProfileException;
import io.argos.profile.format.ProfileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The profiles in force. Immutable and safe for use by any thread. */
public final class ProfileCatalog {
  private final Map<String, Profile> profiles;
  private final String only;

  private ProfileCatalog(Map<String, Profile> profiles, String only) {
    this.profiles = new LinkedHashMap<>(profiles);
    this.only = only;
  }

  /**
   * The shipped profiles and those of some folders. A file in a folder takes the place of a shipped
   * one, or of one in an earlier folder, that has its name.
   *
   * @throws ProfileException with every problem of every file
   * @throws IOException when a folder cannot be read
   */
  public static ProfileCatalog load(List<Path> folders) throws ProfileException, IOException {
    ProfileReader reader = new ProfileReader();
    ProfileFiles.shipped().forEach(reader::add);
    for (Path folder : folders) {
      ProfileFiles.in(folder).forEach(reader::add);
    }
    return new ProfileCatalog(reader.read(), "");
  }

  /** The shipped profiles alone. */
  public static ProfileCatalog shipped() {
    try {
      return load(List.of());
    } catch (ProfileException | IOException e) {
      throw new IllegalStateException("the shipped profiles are wrong", e);
    }
  }

  /**
   * Profiles out of texts by file name, without those that ship.
   *
   * @throws ProfileException with every problem of every text
   */
  public static ProfileCatalog of(Map<String, String> texts) throws ProfileException {
    ProfileReader reader = new ProfileReader();
    texts.forEach(reader::add);
    return new ProfileCatalog(reader.read(), "");
  }

  /** All profiles. */
  public Collection<Profile> profiles() {
    return List.copyOf(profiles.values());
  }

  /** A profile by name. */
  public Optional<Profile> find(String name) {
    return Optional.ofNullable(profiles.get(name));
  }

  /**
   * A catalog in which one profile fits every device, to try it; empty when there is none of that
   * name, or it is only there to be extended.
   */
  public Optional<ProfileCatalog> only(String name) {
    return find(name)
        .filter(profile -> !profile.isAbstract())
        .map(profile -> new ProfileCatalog(profiles, profile.name()));
  }

  /** The profile that fits a device most closely. */
  public Matching match(DeviceFacts facts) {
    Profile wanted = profiles.get(only);
    if (wanted != null) {
      return new Matching.Match(wanted, "asked for by name");
    }
    List<Matching.Match> best = new ArrayList<>();
    Specificity highest = null;
    for (Profile profile : profiles.values()) {
      Specificity own = null;
      for (MatchRule rule : profile.match()) {
        Optional<Specificity> fit = Specificity.of(rule, facts);
        if (fit.isPresent() && (own == null || Specificity.ORDER.compare(fit.get(), own) > 0)) {
          own = fit.get();
        }
      }
      if (own == null) {
        continue;
      }
      int order = highest == null ? 1 : Specificity.ORDER.compare(own, highest);
      if (order > 0) {
        best.clear();
        highest = own;
      }
      if (order >= 0) {
        best.add(new Matching.Match(profile, own.reason()));
      }
    }
    if (best.isEmpty()) {
      return new Matching.None();
    }
    if (best.size() == 1) {
      return best.getFirst();
    }
    List<String> names = best.stream().map(match -> match.profile().name()).sorted().toList();
    return new Matching.Ambiguous(
        names,
        "profiles "
            + String.join(" and ", names)
            + " fit equally well: "
            + best.getFirst().reason());
  }
}
