package io.argos.discovery.plugin.jsonfile;

import io.argos.spi.Cause;
import io.argos.spi.Discoverer;
import io.argos.spi.Failure;
import io.argos.spi.PluginContext;
import io.argos.spi.Run;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads resource files from beginning to end on each run. Holds nothing between runs. */
final class JsonFileDiscoverer implements Discoverer {
  private final List<FilePattern> patterns;
  private final ClaimDefaults defaults;
  private final PluginContext context;

  JsonFileDiscoverer(List<FilePattern> patterns, ClaimDefaults defaults, PluginContext context) {
    this.patterns = List.copyOf(patterns);
    this.defaults = defaults;
    this.context = context;
  }

  @Override
  public Outcome run(Run run, Emitter emitter) throws InterruptedException {
    FoundClaims found = new FoundClaims(emitter);
    ResourceFileReader reader = new ResourceFileReader(new EntryReader(defaults), found);
    List<String> unread = new ArrayList<>();
    for (FilePattern pattern : patterns) {
      try {
        for (Path file : pattern.files()) {
          read(reader, file, unread);
        }
      } catch (IOException e) {
        unread.add(reason(pattern.toString(), e));
      }
    }
    context.count("resources_found", found.accepted());
    context.count("entries_rejected", found.rejected());
    return outcome(found, unread);
  }

  private static void read(ResourceFileReader reader, Path file, List<String> unread)
      throws InterruptedException {
    try {
      reader.read(file).ifPresent(unread::add);
    } catch (IOException e) {
      unread.add(reason(file.toString(), e));
    }
  }

  private static Outcome outcome(FoundClaims found, List<String> unread) {
    if (!unread.isEmpty()) {
      Failure failure = new Failure(Cause.SOURCE, String.join("; ", unread));
      return found.accepted() > 0 ? new Outcome.Incomplete(failure) : new Outcome.Failed(failure);
    }
    if (found.accepted() == 0 && found.rejected() > 0) {
      return new Outcome.Failed(
          new Failure(
              Cause.SOURCE,
              "none of the %d entries is a valid resource; first %s"
                  .formatted(found.rejected(), found.firstRejection())));
    }
    return new Outcome.Complete();
  }

  private static String reason(String file, IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> file + ": there is no such file";
      case AccessDeniedException _ -> file + ": may not be read by this user";
      default -> file + ": " + e.getMessage();
    };
  }

  @Override
  public void close() {
    // Files are open only while a run reads them.
  }
}
