package org.keywarden.broker.seat;

/** Effects towards the trusted keyboard. */
public sealed interface TrustedEffect extends Effect {
  /** One key; the next follows its answer. */
  record DeliverTrusted(long instance, long sequence, Key key) implements TrustedEffect {}

  /** Forget any started sequence. */
  record ForgetTrusted(long instance) implements TrustedEffect {}

  /** It does not answer: end its process and start it anew. */
  record RestartTrusted(long instance) implements TrustedEffect {}
}
