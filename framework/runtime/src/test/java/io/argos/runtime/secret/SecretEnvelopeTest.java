package io.argos.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretEnvelopeTest {
  private static final String PLACE = "argos:secret:snmp:default";
  private static final Map<String, String> FIELDS =
      Map.of("community", "s3cr3t-word", "version", "2c");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private KeyFile keys;
  private SecretEnvelope envelope;

  @BeforeEach
  void makeKey() {
    keys = KeyFile.create(folder.resolve("secrets.key"));
    envelope = new SecretEnvelope(keys);
  }

  @Test
  void opensWhatItSealed() {
    assertThat(envelope.open(PLACE, envelope.seal(PLACE, FIELDS))).isEqualTo(FIELDS);
  }

  @Test
  void showsNothingAndNeverTheSameTwice() {
    byte[] one = envelope.seal(PLACE, FIELDS);
    byte[] two = envelope.seal(PLACE, FIELDS);

    assertThat(new String(one, UTF_8)).doesNotContain("s3cr3t-word", "community");
    assertThat(one).isNotEqualTo(two);
  }

  @Test
  void namesItsAlgorithmAndKey() throws Exception {
    ObjectNode sealed = (ObjectNode) JSON.readTree(envelope.seal(PLACE, FIELDS));

    assertThat(sealed.path("v").asInt()).isEqualTo(1);
    assertThat(sealed.path("alg").asText()).isEqualTo("A256GCM");
    assertThat(sealed.path("keyId").asText()).isEqualTo(keys.currentId());
  }

  @Test
  void opensNoEnvelopeThatWasSealedForAnotherName() {
    byte[] sealed = envelope.seal(PLACE, FIELDS);

    assertThatThrownBy(() -> envelope.open("argos:secret:snmp:lab", sealed))
        .isInstanceOf(SecretEnvelopeException.class)
        .hasMessage("secret argos:secret:snmp:lab was changed, or sealed for another name");
  }

  @Test
  void opensNoEnvelopeOfWhichAnyPartWasChanged() throws Exception {
    byte[] sealed = envelope.seal(PLACE, FIELDS);

    for (String part : List.of("keyNonce", "key", "nonce", "ciphertext")) {
      ObjectNode changed = (ObjectNode) JSON.readTree(sealed);
      byte[] bytes = changed.get(part).binaryValue();
      bytes[0] ^= 1;
      changed.put(part, Base64.getEncoder().encodeToString(bytes));

      assertThatThrownBy(() -> envelope.open(PLACE, JSON.writeValueAsBytes(changed)))
          .as(part)
          .isInstanceOf(SecretEnvelopeException.class)
          .hasMessageContaining("was changed");
    }
  }

  @Test
  void namesTheKeyThatIsMissing() {
    KeyFile other = KeyFile.create(folder.resolve("other.key"));
    byte[] sealed = new SecretEnvelope(other).seal(PLACE, FIELDS);

    assertThatThrownBy(() -> envelope.open(PLACE, sealed))
        .isInstanceOf(SecretEnvelopeException.class)
        .hasMessageContaining(PLACE)
        .hasMessageContaining(other.currentId())
        .hasMessageContaining(keys.currentId());
  }

  @Test
  void quotesNothingOfASecretThatLiesInTheClear() {
    for (String clear : List.of("s3cr3t-word", "{\"community\":\"s3cr3t-word\"}", "", "null")) {
      assertThatThrownBy(() -> envelope.open(PLACE, clear.getBytes(UTF_8)))
          .isInstanceOf(SecretEnvelopeException.class)
          .hasMessage("secret " + PLACE + " is not in an envelope")
          .hasNoCause();
    }
  }

  @Test
  void changesKeysWithoutOpeningWhatIsSealed() throws Exception {
    byte[] sealed = envelope.seal(PLACE, FIELDS);
    Path both = folder.resolve("both.key");
    KeyFile fresh = KeyFile.create(both);
    String lines = Files.readString(both) + Files.readString(folder.resolve("secrets.key"));
    Files.writeString(both, lines);
    var rotating = new SecretEnvelope(KeyFile.read(both));

    byte[] rewrapped = rotating.rewrap(PLACE, sealed);

    assertThat(rotating.open(PLACE, sealed)).isEqualTo(FIELDS);
    assertThat(JSON.readTree(rewrapped).path("keyId").asText()).isEqualTo(fresh.currentId());
    assertThat(JSON.readTree(rewrapped).path("ciphertext"))
        .isEqualTo(JSON.readTree(sealed).path("ciphertext"));
    assertThat(new SecretEnvelope(fresh).open(PLACE, rewrapped)).isEqualTo(FIELDS);
  }
}
