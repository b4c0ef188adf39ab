package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.KeyLedger.Place.AT_TRUSTED;

/** The trusted keyboard as the seat sees it: one key at a time, its deadlines and its loss. */
final class TrustedHand {
  private final SeatState state;
  private final KeyLedger ledger;

  /** Number of the ready instance, 0 for none. */
  private long instance;

  /** Keys unanswered in time, in a row. */
  private int misses;

  /** It has had a key since it last forgot. */
  private boolean remembers;

  /** It has begun a sequence that the next key goes on with. */
  private boolean inSequence;

  TrustedHand(SeatState state, KeyLedger ledger) {
    this.state = state;
    this.ledger = ledger;
  }

  boolean ready() {
    return instance != 0;
  }

  void take(SeatEvent.OfTrusted event) {
    switch (event) {
      case SeatEvent.TrustedReady e -> arrive(e.instance());
      case SeatEvent.TrustedLost e -> lose(e.instance());
      case SeatEvent.TrustedAnswered e -> answer(e);
    }
  }

  private void arrive(long number) {
    instance = number;
    remembers = false;
  }

  private void lose(long number) {
    if (number == instance) {
      drop();
      ledger.settleAll(AT_TRUSTED);
    }
  }

  private void drop() {
    instance = 0;
    misses = 0;
    inSequence = false;
  }

  /**
   * Whether a key that nobody else uses is its to compose: in every field the sequences of dead
   * keys and Compose are, as they would be without an input method.
   */
  boolean composes(Key key) {
    return ready() && (inSequence ? SequenceKeys.mayGoOn(key) : SequenceKeys.begins(key));
  }

  boolean inSequence() {
    return inSequence;
  }

  void deliver(KeyLedger.Entry entry) {
    entry.show(AT_TRUSTED, state.now + state.limits.answer());
    remembers = true;
    state.emit(new TrustedEffect.DeliverTrusted(instance, entry.sequence, entry.key));
  }

  /** Lets it forget a begun dead-key sequence. */
  void forget() {
    inSequence = false;
    if (ready() && remembers) {
      remembers = false;
      state.emit(new TrustedEffect.ForgetTrusted(instance));
    }
  }

  private void answer(SeatEvent.TrustedAnswered answered) {
    KeyLedger.Entry entry = ledger.firstAt(AT_TRUSTED);
    if (answered.instance() != instance || entry == null || entry.sequence != answered.sequence()) {
      return;
    }
    misses = 0;
    boolean text = !answered.text().isEmpty() && OutputRules.allowed(answered.text(), false);
    if (text) {
      state.emit(new HostEffect.EditField(entry.field, new Edit.Insert(answered.text())));
    }
    if (SequenceKeys.mayGoOn(entry.key)) {
      inSequence = answered.handled() && answered.text().isEmpty();
    }
    entry.settle(answered.handled() || text);
  }

  /** Takes back a key that it has had too long. */
  void passTime() {
    KeyLedger.Entry entry = ledger.firstAt(AT_TRUSTED);
    if (entry == null || state.now < entry.deadline) {
      return;
    }
    entry.settle(false);
    inSequence = false;
    state.emit(new TrustedEffect.ForgetTrusted(instance));
    if (++misses >= state.limits.misses()) {
      state.emit(new TrustedEffect.RestartTrusted(instance));
      drop();
    }
  }
}
