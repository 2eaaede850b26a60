package io.argos.profile;

import io.argos.profile.format.MatchRule;
import io.argos.profile.format.Problem;
import io.argos.profile.format.Profile;
import io.argos.profile.format.ProfileException;
import io.argos.profile.format.ProfileReader;
import io.argos.schemas.topic.HashId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The profiles in force. Immutable and safe for use by any thread. */
public final class ProfileCatalog {
  private final Map<String, Profile> profiles;
  private final String only;
  private final String hash;

  private ProfileCatalog(Map<String, Profile> profiles, String only) {
    this.profiles = new LinkedHashMap<>(profiles);
    this.only = only;
    this.hash =
        HashId.of(
            Stream.concat(Stream.of(only), profiles.values().stream().map(Profile::hash))
                .toArray(String[]::new));
  }

  /**
   * The shipped profiles and those of some folders. A file in a folder takes the place of a shipped
   * one, or of one in an earlier folder, that has its name.
   *
   * @throws ProfileException with every problem of every file
   * @throws IOException when a folder cannot be read
   */
  public static ProfileCatalog load(List<Path> folders) throws ProfileException, IOException {
    return of(ProfileFiles.shipped(), ProfileFiles.in(folders).all());
  }

  /**
   * Profiles out of texts by file name; those that come later take the places of the earlier.
   *
   * @throws ProfileException with every problem of every text, and with every two profiles between
   *     which some device could not choose
   */
  static ProfileCatalog of(Map<String, String> below, Map<String, String> above)
      throws ProfileException {
    ProfileCatalog catalog = withTies(below, above);
    List<Problem> ties = Ties.of(List.copyOf(catalog.profiles.values()), catalog::match);
    if (!ties.isEmpty()) {
      throw new ProfileException(ties);
    }
    return catalog;
  }

  /** The same for one of them that is tried by name, so that it matters little what it fits. */
  static ProfileCatalog withTies(Map<String, String> below, Map<String, String> above)
      throws ProfileException {
    ProfileReader reader = new ProfileReader();
    below.forEach(reader::add);
    above.forEach(reader::add);
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
    return of(Map.of(), texts);
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

  /** Name of all that the profiles are made of; two catalogs that read alike have the same. */
  public String hash() {
    return hash;
  }

  /** Every rule of every profile beside a device, those that hold first, the closest at the top. */
  public List<RuleFit> fits(DeviceFacts facts) {
    Map<RuleFit, Specificity> holding = new LinkedHashMap<>();
    List<RuleFit> others = new ArrayList<>();
    for (Profile profile : profiles.values()) {
      for (MatchRule rule : profile.match()) {
        Specificity.of(rule, facts)
            .ifPresentOrElse(
                fit -> holding.put(fit.of(profile.name(), rule.place()), fit),
                () -> others.add(new RuleFit(profile.name(), rule.place(), false, 0, 0, 0, 0, "")));
      }
    }
    List<RuleFit> all = new ArrayList<>(holding.keySet());
    all.sort(Comparator.comparing(holding::get, Specificity.ORDER.reversed()));
    all.addAll(others);
    return all;
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
