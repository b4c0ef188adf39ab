package org.keywarden.broker.capability;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The broker's signing keys: one that signs, and retired ones as long as a token they signed has
 * not expired. They live in memory only, and the private half of a key is erased when it retires.
 *
 * <p>Thread: any; calls exclude each other. The announcer is called with the lock held and must not
 * call back.
 */
public final class SigningKeys {
  /**
   * Told of each public key before the key signs anything. When it returns, every record appended
   * later must come after the key's in the log; it need not be durable yet, since a token is
   * released only after its own record is.
   */
  @FunctionalInterface
  public interface Announcer {
    /**
     * Records the key.
     *
     * @param publicKey raw, 32 bytes, the receiver's own copy
     * @throws RuntimeException if it cannot be recorded; the key is then never used
     */
    void announce(KeyId id, byte[] publicKey);
  }

  private final SecureRandom random;
  private final Announcer announcer;
  private final Map<KeyId, Retired> retired = new HashMap<>();
  private Current current;

  /** Makes and announces the first key. */
  public SigningKeys(SecureRandom random, Announcer announcer) {
    this.random = random;
    this.announcer = announcer;
    this.current = announced();
  }

  /**
   * Puts a new key in place of the current one and forgets retired keys without live tokens. If the
   * announcer throws, the current key stays.
   *
   * @param now nanoseconds of CLOCK_BOOTTIME
   */
  public synchronized void rotate(long now) {
    retired.values().removeIf(key -> key.lastExpiry <= now);
    Current next = announced();
    if (current.lastExpiry > now) {
      retired.put(current.id, new Retired(current.publicKey, current.lastExpiry));
    }
    Arrays.fill(current.seed, (byte) 0);
    current = next;
  }

  /** Number of keys that tokens still verify with. */
  synchronized int size() {
    return 1 + retired.size();
  }

  /** What is to be signed depends on the key's id, so the key is chosen and used in one turn. */
  synchronized byte[] seal(long expiresAt, Sealing sealing) {
    current.lastExpiry = Math.max(current.lastExpiry, expiresAt);
    return sealing.seal(
        current.id, message -> StrictEd25519.sign(current.seed, current.raw, message));
  }

  synchronized Optional<StrictEd25519.PublicKey> find(KeyId id) {
    if (id.equals(current.id)) {
      return Optional.of(current.publicKey);
    }
    return Optional.ofNullable(retired.get(id)).map(Retired::publicKey);
  }

  private Current announced() {
    byte[] seed = new byte[StrictEd25519.SEED_BYTES];
    random.nextBytes(seed);
    Current key = new Current(seed);
    announcer.announce(key.id, key.raw.clone());
    return key;
  }

  /** Makes an envelope with a signer for the key of this id. */
  @FunctionalInterface
  interface Sealing {
    byte[] seal(KeyId id, Signer signer);
  }

  /** Signs with the key that was chosen. */
  @FunctionalInterface
  interface Signer {
    byte[] sign(byte[] message);
  }

  private record Retired(StrictEd25519.PublicKey publicKey, long lastExpiry) {}

  private static final class Current {
    final byte[] seed;
    final byte[] raw;
    final KeyId id;
    final StrictEd25519.PublicKey publicKey;
    long lastExpiry;

    Current(byte[] seed) {
      this.seed = seed;
      this.raw = StrictEd25519.publicKeyOf(seed);
      this.id = KeyId.of(raw);
      this.publicKey =
          StrictEd25519.publicKey(raw)
              .orElseThrow(
                  () -> new IllegalStateException("a new signing key fails its own check"));
    }
  }
}
