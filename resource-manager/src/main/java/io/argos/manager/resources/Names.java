package io.argos.manager.resources;

import io.argos.config.IdentityConfig;
import io.argos.schemas.Alias;
import io.argos.schemas.ResourceClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How names are compared: case-folded, without a final dot and without the site's domain. */
final class Names {
  /** A name of a claim, and what kind of name it is. */
  record Name(String kind, String text) {}

  static final String NAME = "name";

  private final IdentityConfig config;

  Names(IdentityConfig config) {
    this.config = config;
  }

  /** The form under which two spellings of a name meet. */
  String folded(String site, String text) {
    String folded = text.strip().toLowerCase(Locale.ROOT);
    if (folded.endsWith(".")) {
      folded = folded.substring(0, folded.length() - 1);
    }
    String domain = Optional.ofNullable(config.domains().get(site)).orElse("");
    String suffix = domain.isEmpty() ? "" : '.' + domain.toLowerCase(Locale.ROOT);
    return !suffix.isEmpty() && folded.endsWith(suffix) && folded.length() > suffix.length()
        ? folded.substring(0, folded.length() - suffix.length())
        : folded;
  }

  /** The names by which a claim may join a resource, strongest first. */
  List<Name> joining(ResourceClaim claim) {
    List<Name> names = new ArrayList<>();
    names.add(new Name(NAME, claim.getName()));
    for (String kind : config.aliases()) {
      for (Alias alias : claim.getAliases()) {
        if (alias.getKind().equalsIgnoreCase(kind) && !alias.getValue().isBlank()) {
          names.add(new Name(kind, alias.getValue()));
        }
      }
    }
    return names;
  }
}
