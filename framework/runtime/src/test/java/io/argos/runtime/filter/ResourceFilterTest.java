package io.argos.runtime.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.schemas.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceFilterTest {
  private final Resource router =
      Resource.newBuilder()
          .setId("dc1/edge-1")
          .setSite("dc1")
          .setName("edge-1")
          .setResourceClass("network")
          .setSubclass("router")
          .setType("cisco")
          .setEndpoint("10.0.0.1")
          .setLabels(Map.of("model", "ASR9001", "Owner", "net \"core\""))
          .setTtlSeconds(60)
          .setFirstSeenAt(Instant.EPOCH)
          .setRevision(1)
          .setAliases(List.of())
          .build();

  @Test
  void tellsWhatItSeesOfAResource() {
    ResourceFilter filter =
        ResourceFilter.parse(
            "labels.model LIKE \"a%\" AND NOT (labels.none = \"x\" OR site = \"y\")");

    assertThat(filter.seen(router))
        .containsExactly(
            Map.entry("labels.model", Optional.of("ASR9001")),
            Map.entry("labels.none", Optional.empty()),
            Map.entry("site", Optional.of("dc1")));
    assertThat(ResourceFilter.everything().seen(router)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          resource_class = "network"; true
          class eq "network"; true
          class = 'Network'; false
          class != "host"; true
          class ne "network"; false
          resource_id = "edge-1"; true
          id = "dc1/edge-1"; true
          resource_metadata.model LIKE "asr%"; true
          labels.model LIKE "ASR%%"; true
          labels.model LIKE "asr9__1"; true
          labels.model NOT LIKE "asr%"; false
          labels.missing != "x"; false
          labels.missing NOT IN ("x"); false
          NOT labels.missing = "x"; true
          type IN ("arista", "cisco"); true
          type not in ("arista", "cisco"); false
          labels.Owner = "net \\"core\\""; true
          class = "host" OR type = "cisco" AND subclass = "router"; true
          (class = "host" OR type = "cisco") AND subclass = "switch"; false
          labels.model LIKE "asr%" and resource_class = "network" and resource_type = "cisco"; true
          """)
  void selectsResources(String filter, boolean expected) {
    assertThat(ResourceFilter.parse(filter).test(router)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          class = network; column 9: 'network' stands where a value in quotes was expected
          colour = "red"; column 1: 'colour' stands where one of the fields site, class
          class "x"; column 7: 'x' stands where =, !=
          class = "x" type = "y"; column 13: 'type' stands where AND, OR or the end
          (class = "x"; column 13: the end stands where ) was expected
          class = "x; column 9: the value that begins here has no closing
          class # "x"; column 7: '#' has no meaning
          """)
  void saysWhereItCannotRead(String filter, String message) {
    assertThatThrownBy(() -> ResourceFilter.parse(filter))
        .isInstanceOf(FilterException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void anEmptyFilterAndADeepOneAreRefused() {
    assertThatThrownBy(() -> ResourceFilter.parse("")).isInstanceOf(FilterException.class);
    assertThatThrownBy(() -> ResourceFilter.parse("(".repeat(10_000)))
        .hasMessageContaining("nested more than 64 deep");
  }

  @Test
  void noTextMakesItFailOtherwise() {
    String alphabet = "clas site = != \"'()likeinandornot.%_,\\ labels.x";
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        ResourceFilter.parse(text.toString()).test(router);
      } catch (FilterException expected) {
        assertThat(expected).as("seed %d", seed).hasMessageStartingWith("column ");
      }
    }
  }
}
