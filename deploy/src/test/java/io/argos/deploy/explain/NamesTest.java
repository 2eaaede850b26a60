package io.argos.deploy.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Alias;
import io.argos.schemas.Resource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names names =
      new Names(
          List.of(
              resource("oslo", "edge1", "edge1.example.net", "192.0.2.1"),
              resource("oslo", "core", "core.example.net", "192.0.2.2"),
              resource("rome", "core", "core-rome.example.net", "192.0.2.3")));

  @Test
  void findsByIdNameAliasAndAddress() {
    assertThat(names.named("oslo/edge1")).containsExactly("oslo/edge1");
    assertThat(names.named("EDGE1")).containsExactly("oslo/edge1");
    assertThat(names.named("core-rome.example.net")).containsExactly("rome/core");
    assertThat(names.named("192.0.2.3")).containsExactly("rome/core");
    assertThat(names.named("core")).containsExactly("oslo/core", "rome/core");
    assertThat(names.named("nobody")).isEmpty();
  }

  @Test
  void suggestsWhatIsNearAliasesToo() {
    assertThat(names.near("egde1")).containsExactly("oslo/edge1");
    assertThat(names.near("core-rom")).containsExactly("rome/core (core-rome.example.net)");
    assertThat(names.near("zzzzzzzzzz")).isEmpty();
  }

  private static Resource resource(String site, String name, String alias, String address) {
    return Resource.newBuilder()
        .setId(site + "/" + name)
        .setSite(site)
        .setName(name)
        .setAliases(List.of(new Alias("fqdn", alias)))
        .setAddresses(List.of(address))
        .setEndpoint(address)
        .setTtlSeconds(60)
        .setFirstSeenAt(Instant.EPOCH)
        .setRevision(1)
        .build();
  }
}
