package io.argos.discovery.plugin;

import io.argos.schemas.Rejection;
import io.argos.schemas.ResourceClaim;
import io.argos.spi.Discoverer;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a run finds. */
public final class FakeEmitter implements Discoverer.Emitter {
  private final List<ResourceClaim> claims = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  @Override
  public void found(ResourceClaim claim) {
    claims.add(claim);
  }

  @Override
  public void rejected(Rejection rejection) {
    rejections.add(rejection);
  }

  public List<ResourceClaim> claims() {
    return claims;
  }

  public List<String> names() {
    return claims.stream().map(ResourceClaim::getName).toList();
  }

  public List<Rejection> rejections() {
    return rejections;
  }
}
