package io.argos.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens secrets. The fields are encrypted with a random key of their own (AES-256-GCM),
 * and that key with the one of the key file; both are bound to the name under which the envelope is
 * kept, so that no envelope passes for another. Safe for use by any thread.
 */
public final class SecretEnvelope {
  private static final int VERSION = 1;
  private static final String ALGORITHM = "A256GCM";
  private static final int KEY_BYTES = 32;

  /** NIST SP 800-38D: 96 bits of nonce, 128 of tag. */
  private static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 128;
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
  private static final TypeReference<TreeMap<String, String>> FIELDS = new TypeReference<>() {};

  /** The form in Redis; byte arrays are base64 in JSON. */
  private record Sealed(
      int v,
      String alg,
      String keyId,
      byte[] keyNonce,
      byte[] key,
      byte[] nonce,
      byte[] ciphertext) {}

  private final KeyFile keys;
  private final SecureRandom random = new SecureRandom();

  public SecretEnvelope(KeyFile keys) {
    this.keys = keys;
  }

  /**
   * Seals the fields of a secret.
   *
   * @param place the name under which the envelope will be kept
   */
  public byte[] seal(String place, Map<String, String> fields) {
    byte[] dataKey = random(KEY_BYTES);
    byte @Nullable [] plain = null;
    try {
      plain = JSON.writeValueAsBytes(new TreeMap<>(fields));
      byte[] nonce = random(NONCE_BYTES);
      byte[] ciphertext =
          crypt(Cipher.ENCRYPT_MODE, new SecretKeySpec(dataKey, "AES"), nonce, place, plain);
      return wrapped(place, dataKey, nonce, ciphertext);
    } catch (JsonProcessingException | GeneralSecurityException e) {
      throw new SecretEnvelopeException("secret " + place + " cannot be sealed", e);
    } finally {
      wipe(dataKey);
      wipe(plain);
    }
  }

  /**
   * Opens an envelope.
   *
   * @throws SecretEnvelopeException when it is none, was sealed with a key that is not in the key
   *     file, for another place, or was changed since
   */
  public Map<String, String> open(String place, byte[] envelope) {
    Sealed sealed = parsed(place, envelope);
    byte @Nullable [] dataKey = null;
    byte @Nullable [] plain = null;
    try {
      dataKey = unwrapped(place, sealed);
      plain =
          crypt(
              Cipher.DECRYPT_MODE,
              new SecretKeySpec(dataKey, "AES"),
              sealed.nonce(),
              place,
              sealed.ciphertext());
      return Map.copyOf(JSON.readValue(plain, FIELDS));
    } catch (GeneralSecurityException e) {
      throw changed(place, e);
    } catch (IOException _) {
      // The cause could quote what was decrypted.
      throw new SecretEnvelopeException("secret " + place + " does not hold named fields");
    } finally {
      wipe(dataKey);
      wipe(plain);
    }
  }

  /** The same envelope under the current key, for a change of keys; the fields stay sealed. */
  public byte[] rewrap(String place, byte[] envelope) {
    Sealed sealed = parsed(place, envelope);
    byte @Nullable [] dataKey = null;
    try {
      dataKey = unwrapped(place, sealed);
      return wrapped(place, dataKey, sealed.nonce(), sealed.ciphertext());
    } catch (GeneralSecurityException e) {
      throw changed(place, e);
    } catch (JsonProcessingException e) {
      throw new SecretEnvelopeException("secret " + place + " cannot be sealed", e);
    } finally {
      wipe(dataKey);
    }
  }

  private byte[] wrapped(String place, byte[] dataKey, byte[] nonce, byte[] ciphertext)
      throws GeneralSecurityException, JsonProcessingException {
    KeyFile.Key current = keys.current();
    byte[] keyNonce = random(NONCE_BYTES);
    byte[] key = crypt(Cipher.ENCRYPT_MODE, current.key(), keyNonce, place, dataKey);
    return JSON.writeValueAsBytes(
        new Sealed(VERSION, ALGORITHM, current.id(), keyNonce, key, nonce, ciphertext));
  }

  private byte[] unwrapped(String place, Sealed sealed) throws GeneralSecurityException {
    KeyFile.Key key =
        keys.find(sealed.keyId())
            .orElseThrow(() ->
                new SecretEnvelopeException(
                    "secret %s was sealed with key %s, and the key file has %s"
                        .formatted(place, sealed.keyId(), keys.ids())));
    return crypt(Cipher.DECRYPT_MODE, key.key(), sealed.keyNonce(), place, sealed.key());
  }

  private static Sealed parsed(String place, byte[] envelope) {
    Sealed sealed;
    try {
      sealed = JSON.readValue(envelope, Sealed.class);
    } catch (IOException _) {
      // What lies there may be a secret that somebody put in the clear: quote nothing.
      throw new SecretEnvelopeException("secret " + place + " is not in an envelope");
    }
    if (sealed == null
        || sealed.keyId() == null
        || sealed.key() == null
        || sealed.nonce() == null
        || sealed.keyNonce() == null
        || sealed.ciphertext() == null) {
      throw new SecretEnvelopeException("secret " + place + " is not in an envelope");
    }
    if (sealed.v() != VERSION || !ALGORITHM.equals(sealed.alg())) {
      throw new SecretEnvelopeException(
          "secret %s is in an envelope of version %d, algorithm %s: only %d, %s can be opened"
              .formatted(place, sealed.v(), sealed.alg(), VERSION, ALGORITHM));
    }
    return sealed;
  }

  private static SecretEnvelopeException changed(String place, GeneralSecurityException cause) {
    return new SecretEnvelopeException(
        "secret " + place + " was changed, or sealed for another name", cause);
  }

  private static byte[] crypt(int mode, SecretKey key, byte[] nonce, String place, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(UTF_8));
    return cipher.doFinal(input);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void wipe(byte @Nullable [] bytes) {
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
