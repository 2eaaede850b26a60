package io.argos.profile;

import io.argos.profile.proof.RecordedDevice;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recordings of real devices, answered at once. */
class ConformanceTest {
  private final ConformanceCases cases =
      new ConformanceCases(recording -> RecordedDevice.read(recording)::answer);

  static Stream<String> interfaces() {
    return ConformanceCases.names("interfaces");
  }

  static Stream<String> devices() {
    return ConformanceCases.names("devices");
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void enrichesInterfaces(String name) {
    cases.enrichesInterfaces(name);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void pollsDevices(String name) {
    cases.pollsDevices(name);
  }
}
