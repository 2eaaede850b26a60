package io.argos.profile.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.argos.profile.ProfileCatalog;
import java.util.List;

/** Replays a recording and compares what comes of it with what is expected. */
public final class Proof {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Proof() {}

  /**
   * What came of a case.
   *
   * @param profile the profile that fitted; empty when none did
   * @param expected count of rows expected
   * @param equal count of expected rows that came as they should
   * @param differences what differs, a sentence each; none when the case holds
   */
  public record Result(String profile, int expected, int equal, List<String> differences) {
    public Result {
      differences = List.copyOf(differences);
    }

    /** True when all is as expected. */
    public boolean holds() {
      return differences.isEmpty();
    }
  }

  /** Proves a case. A recording or an expectation that cannot be read is a difference too. */
  public static Result of(ProfileCatalog catalog, ProofCase one) {
    JsonNode expected;
    Replayed replayed;
    try {
      expected = JSON.readTree(one.expected().orElse("{}"));
    } catch (JsonProcessingException e) {
      return failed(one.origin() + "/" + ProofCases.EXPECTED + ": " + e.getOriginalMessage());
    }
    try {
      replayed = replayed(catalog, one, expected);
    } catch (IllegalArgumentException e) {
      return failed(String.valueOf(e.getMessage()));
    }
    Comparison comparison = new Comparison();
    if (one.expected().isEmpty()) {
      comparison.differ("there is no " + ProofCases.EXPECTED);
    }
    comparison.compare(expected, replayed.document());
    return new Result(
        replayed.profile(), comparison.expected(), comparison.equal(), comparison.differences());
  }

  /**
   * What comes of a case, as the text of an expectation.
   *
   * @throws IllegalArgumentException when the recording cannot be read, or no profile fits
   */
  public static String record(ProfileCatalog catalog, ProofCase one) {
    try {
      JsonNode before =
          one.expected().isPresent()
              ? JSON.readTree(one.expected().get())
              : MissingNode.getInstance();
      return JSON.writeValueAsString(replayed(catalog, one, before).document()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          one.origin() + "/" + ProofCases.EXPECTED + ": " + e.getOriginalMessage(), e);
    }
  }

  private record Replayed(String profile, JsonNode document) {}

  private static Replayed replayed(ProfileCatalog catalog, ProofCase one, JsonNode expected) {
    RecordedDevice device =
        RecordedDevice.parse(one.origin() + "/" + ProofCases.RECORDING, one.recording());
    Replay replay = new Replay(catalog, ExpectedGroups.of(expected).resource(), device::answer);
    replay.enrich();
    JsonNode document =
        ReplayDocument.of(
            replay, replay.poll(replay.plan()), expected.path(ReplayDocument.RESOURCE));
    return new Replayed(replay.profile().name(), document);
  }

  private static Result failed(String why) {
    return new Result("", 0, 0, List.of(why));
  }
}
