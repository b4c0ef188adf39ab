package org.keywarden.ime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A way to act on one composition outside the answer to a key. Every method may be called from any
 * thread, does not wait, and takes effect after the call of the author's that is under way. Once
 * the composition was {@linkplain Composition#reset reset} nothing happens any more.
 */
public interface Outbound {
  /**
   * Edits the field. The broker accepts this only for a short time (one second) after a key or
   * click of the user's, and refuses otherwise.
   */
  void send(Edits edits);

  /**
   * Asks for a narrower capability for a helper process of the plugin's own. It ends with this
   * field's own capability at the latest.
   *
   * @param rights a subset of the field's, not empty, without {@link Right#RECEIVE_KEYS} and {@link
   *     Right#RECEIVE_RELEASES}: a key has one owner
   * @param lifetime 1 ms to 60 s
   * @param holderKey the helper's raw Ed25519 public key (RFC 8032), 32 bytes
   * @return the token, completed on the event loop; {@link DerivationRefused} if there is none
   * @throws IllegalArgumentException if an argument is out of bounds
   */
  CompletionStage<ChildToken> derive(Set<Right> rights, Duration lifetime, byte[] holderKey);
}
