package org.keywarden.ime;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.DeriveCapabilityRequest;
import org.keywarden.proto.plugin.v1.GrantOffered;
import org.keywarden.proto.plugin.v1.KeyDelivery;
import org.keywarden.proto.plugin.v1.Refusal;

/** One capability in use: keys go to the author's composition, its answers back in their order. */
final class ComposeCall implements ClientResponseObserver<ComposeRequest, ComposeResponse> {
  private static final int HOLDER_KEY = 32;
  private static final int LONGEST_LIFETIME_MS = 60_000;

  private final GuardedComposition composition;
  private final Executor loop;
  private final Derivations derivations;
  private final Runnable whenOver;
  private final FaultLog log;
  private final Set<Refusal> refusalsSaid = EnumSet.noneOf(Refusal.class);
  private ByteString token;
  private @Nullable ClientCallStreamObserver<ComposeRequest> requests;
  private boolean over;

  /** Asks the broker for a child of the capability that a token is. */
  interface Derivations {
    void derive(
        ByteString token, DeriveCapabilityRequest request, CompletableFuture<ChildToken> child);
  }

  ComposeCall(
      InputMethod inputMethod,
      GrantOffered offer,
      Executor loop,
      Derivations derivations,
      Runnable whenOver,
      FaultLog log) {
    this.token = offer.getToken();
    this.loop = loop;
    this.derivations = derivations;
    this.whenOver = whenOver;
    this.log = log;
    this.composition = new GuardedComposition(inputMethod, Wire.field(offer), Late::new, log);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ComposeRequest> stream) {
    requests = stream;
  }

  void renew(ByteString renewed) {
    token = renewed;
    send(ComposeRequest.newBuilder().setRenewal(renewed).build());
  }

  @Override
  public void onNext(ComposeResponse response) {
    if (over) {
      return;
    }
    switch (response.getMessageCase()) {
      case OPENED -> composition.begin();
      case KEY -> answer(response.getKey());
      case SURROUNDING_TEXT ->
          composition.surroundingChanged(Wire.surrounding(response.getSurroundingText()));
      case CANDIDATE_CLICKED ->
          sendEach(composition.candidateClicked(Wire.click(response.getCandidateClicked())));
      case CANDIDATES_MOVED -> moved(Wire.move(response.getCandidatesMoved().getMove()));
      case PROPERTY_ACTIVATED ->
          sendEach(
              composition.propertyActivated(
                  response.getPropertyActivated().getKey(),
                  response.getPropertyActivated().getChecked()));
      case COMPOSITION_RESET -> composition.restart();
      case ACTION_REFUSED -> refused(response.getActionRefused().getRefusal());
      case MESSAGE_NOT_SET -> {}
    }
  }

  private void answer(KeyDelivery delivery) {
    Response response = composition.onKey(Wire.key(delivery.getKey()));
    send(ComposeRequest.newBuilder().setAnswer(Wire.answer(delivery, response)).build());
  }

  private void moved(@Nullable CandidatesMove move) {
    if (move != null) {
      sendEach(composition.candidatesMoved(move));
    }
  }

  private void refused(Refusal refusal) {
    if (refusalsSaid.add(refusal)) {
      log.say(
          "the broker refused an edit: "
              + refusal
              + " (said once for each field; proto/keywarden/plugin/v1/plugin.proto explains it)");
    }
  }

  private void sendEach(Edits edits) {
    for (Edit edit : edits.list()) {
      send(ComposeRequest.newBuilder().setAction(Wire.action(edit)).build());
    }
  }

  private void send(ComposeRequest request) {
    if (!over && requests != null) {
      requests.onNext(request);
    }
  }

  /** The capability ended: nothing is sent any more. */
  void revoke() {
    ClientCallStreamObserver<ComposeRequest> stream = requests;
    end();
    if (stream != null) {
      stream.cancel("the capability ended", null);
    }
  }

  @Override
  public void onError(Throwable error) {
    if (!over && !Failure.isOrdinaryEnd(error)) {
      log.say("the broker ended the use of a capability: " + Failure.nameOf(error));
    }
    end();
  }

  @Override
  public void onCompleted() {
    end();
  }

  private void end() {
    if (!over) {
      over = true;
      requests = null;
      composition.end();
      whenOver.run();
    }
  }

  /** What one composition may do late; closed when it is reset. Open and used on the loop only. */
  private final class Late implements GuardedComposition.Outlet {
    private boolean closed;

    @Override
    public void send(Edits edits) {
      Objects.requireNonNull(edits, "edits");
      loop.execute(
          () -> {
            if (!closed) {
              composition.note(edits);
              sendEach(edits);
            }
          });
    }

    @Override
    public CompletionStage<ChildToken> derive(
        Set<Right> rights, Duration lifetime, byte[] holderKey) {
      Bounds.within("number of rights", rights.size(), 1, Right.values().length);
      if (rights.contains(Right.RECEIVE_KEYS) || rights.contains(Right.RECEIVE_RELEASES)) {
        throw new IllegalArgumentException(
            "rights hold RECEIVE_KEYS or RECEIVE_RELEASES, which no child may have");
      }
      Bounds.within("lifetime in ms", lifetime.toMillis(), 1, LONGEST_LIFETIME_MS);
      Bounds.within("length of the holder key", holderKey.length, HOLDER_KEY, HOLDER_KEY);
      DeriveCapabilityRequest.Builder request =
          DeriveCapabilityRequest.newBuilder()
              .setLifetimeMs((int) lifetime.toMillis())
              .setHolderKey(ByteString.copyFrom(holderKey));
      rights.stream().sorted().map(Wire::right).forEach(request::addRights);
      CompletableFuture<ChildToken> child = new CompletableFuture<>();
      loop.execute(
          () -> {
            if (closed) {
              child.completeExceptionally(
                  new DerivationRefused(Failure.shortName(Reason.REASON_GRANT_NOT_LIVE)));
            } else {
              derivations.derive(token, request.build(), child);
            }
          });
      return child;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
