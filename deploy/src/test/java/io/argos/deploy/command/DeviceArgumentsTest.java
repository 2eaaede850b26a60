package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands that ask or play devices say of arguments that make no sense, asking nobody. */
class DeviceArgumentsTest {
  @TempDir Path folder;

  private Session run(String line) throws IOException {
    Files.createDirectories(folder.resolve("folder"));
    Files.writeString(folder.resolve("empty.snmprec"), "# nothing\n");
    Files.writeString(folder.resolve("deep.yaml"), "[".repeat(100_000));
    Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
    return Session.run(folder, line.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "poll 127.0.0.1:99999 --community c | ENDPOINT: '127.0.0.1:99999': '99999' is not a port",
        "poll [::1:161 --community c | ENDPOINT: '[::1:161': ']' is missing",
        "poll [::1]161 --community c | ENDPOINT: '[::1]161': a port follows as ']:161'",
        "poll :161 --community c | ENDPOINT: ':161': there is no host",
        "device capture host:0 --community c | ENDPOINT: 'host:0': '0' is not a port",
        "profile match host: --community c | ENDPOINT: 'host:': '' is not a port",
        "poll h -u ops --auth-password short | auth-password is shorter than eight characters",
        "poll h -u ops --auth-password 12345678 --auth-protocol sha9 | auth-protocol is none of md5",
        "poll h -u ops --auth-password 12345678 --priv-password 12345678 --priv-protocol x | priv-protocol is none",
        "device capture h -u ops --priv-password 12345678 | priv-password needs an auth-password",
      })
  void areMistakesOfWhoTypedThem(String line, String message) throws IOException {
    Session session = run(line);

    assertThat(session.exitCode()).isEqualTo(2);
    assertThat(session.err()).startsWith(message).contains("--help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "simulate empty.snmprec --port 0 | 1 | empty.snmprec: there is nothing in this recording",
        "simulate folder --port 0 | 3 | folder is a folder, not a file",
        "profile lint folder | 3 | folder is a folder, not a file",
        "profile lint deep.yaml | 4 | deep.yaml:1:1: nested too deep",
        "profile lint binary.yaml | 4 | binary.yaml:1:1: it is not UTF-8",
        "profile import snmp-exporter binary.yaml | 4 | binary.yaml: is not UTF-8",
      })
  void areFilesThatSayNothing(String line, int code, String message) throws IOException {
    Session session = run(line);

    assertThat(session.exitCode()).isEqualTo(code);
    assertThat(session.err()).contains(message);
  }

  @Test
  void tellAllFilesOfAFolderThatCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("argos.yaml"), "profiles: [.]\n");

    Session session = run("profile list");

    assertThat(session.exitCode()).isEqualTo(4);
    assertThat(session.err()).contains("binary.yaml:1:1: it is not UTF-8");
  }
}
