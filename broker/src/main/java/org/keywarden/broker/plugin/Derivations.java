package org.keywarden.broker.plugin;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.HolderKey;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.seat.PluginEffect;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.plugin.v1.DeriveCapabilityRequest;
import org.keywarden.proto.plugin.v1.DeriveCapabilityResponse;

/** Narrower capabilities that holders asked for: who waits for one, and who holds one. */
final class Derivations {
  private final SeatInbox inbox;
  private final Map<Long, Asked> asked = new HashMap<>();
  private final Map<Long, HolderKey> holders = new HashMap<>();
  private long lastRequest;

  private record Asked(HolderKey holder, StreamObserver<DeriveCapabilityResponse> answer) {}

  Derivations(SeatInbox inbox) {
    this.inbox = inbox;
  }

  /** Asks the seat for a child of a grant. */
  void ask(
      long parent,
      DeriveCapabilityRequest request,
      StreamObserver<DeriveCapabilityResponse> answer) {
    Optional<HolderKey> holder = HolderKey.parse(request.getHolderKey().toByteArray());
    if (holder.isEmpty()) {
      answer.onError(
          Refusals.of(Reason.REASON_DERIVATION_REFUSED, "holder_key is no strict Ed25519 key"));
      return;
    }
    long number = ++lastRequest;
    asked.put(number, new Asked(holder.get(), answer));
    inbox.post(
        new SeatEvent.DerivationAsked(
            number,
            parent,
            InputMessages.rights(request.getRightsList()),
            Duration.ofMillis(request.getLifetimeMs()).toNanos(),
            holder.get().thumbprint()));
  }

  void answer(PluginEffect.AnswerDerivation answered) {
    Asked waiting = asked.remove(answered.request());
    if (waiting != null) {
      holders.put(answered.grant(), waiting.holder());
      waiting
          .answer()
          .onNext(
              DeriveCapabilityResponse.newBuilder()
                  .setGrant(answered.grant())
                  .setToken(ByteString.copyFrom(answered.token().bytes()))
                  .build());
      waiting.answer().onCompleted();
    }
  }

  void refuse(PluginEffect.RefuseDerivation refused) {
    Asked waiting = asked.remove(refused.request());
    if (waiting != null) {
      waiting
          .answer()
          .onError(
              Refusals.of(
                  Reason.REASON_DERIVATION_REFUSED, "not narrower, or the parent is not live"));
    }
  }

  void ended(long grant) {
    holders.remove(grant);
  }

  /** Whose key must be proven for a grant, null if it is not derived. */
  @Nullable HolderKey holderOf(long grant) {
    return holders.get(grant);
  }
}
