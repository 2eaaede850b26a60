package io.argos.discovery.plugin.jsonfile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file entry by entry, so that the entries before a fault count and the size of a file does
 * not matter.
 */
final class ResourceFileReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final EntryReader entries;
  private final FoundClaims found;

  ResourceFileReader(EntryReader entries, FoundClaims found) {
    this.entries = entries;
    this.found = found;
  }

  /**
   * Reads a file.
   *
   * @return why it was not read to its end; empty when it was
   */
  Optional<String> read(Path file) throws IOException, InterruptedException {
    try (JsonParser parser = MAPPER.createParser(Files.newInputStream(file))) {
      try {
        readArray(file, parser);
        return Optional.empty();
      } catch (JsonProcessingException e) {
        return Optional.of(broken(file, e.getLocation(), e.getOriginalMessage()));
      } catch (UnexpectedJsonException e) {
        return Optional.of(broken(file, parser.currentTokenLocation(), e.getMessage()));
      }
    }
  }

  private void readArray(Path file, JsonParser parser)
      throws IOException, InterruptedException, UnexpectedJsonException {
    expect(parser.nextToken(), JsonToken.START_ARRAY, "a resource file is an array of resources");
    for (int number = 1; parser.nextToken() != JsonToken.END_ARRAY; number++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      String place =
          "entry %d, line %d".formatted(number, parser.currentTokenLocation().getLineNr());
      JsonNode entry = MAPPER.readTree(parser);
      found.take(file.toString(), place, entries.read(entry));
    }
    expect(parser.nextToken(), null, "nothing stands behind the array of resources");
  }

  private static void expect(@Nullable JsonToken token, @Nullable JsonToken expected, String rule)
      throws UnexpectedJsonException {
    if (token != expected) {
      throw new UnexpectedJsonException(rule);
    }
  }

  private String broken(Path file, @Nullable JsonLocation location, @Nullable String message)
      throws InterruptedException {
    String place =
        location == null
            ? "unknown place"
            : "line %d column %d".formatted(location.getLineNr(), location.getColumnNr());
    String rule = "not JSON as a resource file should be: " + message;
    found.reject(file.toString(), place, rule);
    return "%s, %s: %s".formatted(file, place, rule);
  }

  private static final class UnexpectedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    UnexpectedJsonException(String rule) {
      super(rule, null, false, false);
    }
  }
}
