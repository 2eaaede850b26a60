package io.argos.deploy.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code argos --version} prints. */
final class Version implements IVersionProvider {
  private static final String RESOURCE = "/io/argos/deploy/build.properties";

  @Override
  public String[] getVersion() {
    return new String[] {"argos " + current() + " (Java " + Runtime.version() + ")"};
  }

  /** Version of this build. */
  static String current() {
    var properties = new Properties();
    try (var stream = Version.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the build");
      }
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
