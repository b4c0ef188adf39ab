package org.keywarden.trusted;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.trusted.v1.Ready;
import org.keywarden.proto.trusted.v1.SessionRequest;
import org.keywarden.proto.trusted.v1.SessionResponse;

/** The keyboard's side of its one session. Runs on the event loop, from ready to end. */
final class KeyboardSession implements ClientResponseObserver<SessionRequest, SessionResponse> {
  /** How a session ended. */
  enum End {
    /** There was no broker to speak with. */
    NEVER_CONNECTED,
    /** The broker ended it, or went away. */
    OVER,
    /** The keyboard itself failed. */
    FAILED
  }

  private final KeyAnswers answers;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<SessionRequest> requests;
  private boolean ready;

  KeyboardSession(KeyAnswers answers) {
    this.answers = answers;
  }

  /** Completes once, when the session has ended. */
  CompletableFuture<End> end() {
    return end;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SessionRequest> stream) {
    requests = stream;
    // Runs on the event loop, like every answer, so that one thread alone writes.
    stream.setOnReadyHandler(() -> sayReady(stream));
  }

  private void sayReady(ClientCallStreamObserver<SessionRequest> stream) {
    if (!ready) {
      ready = true;
      stream.onNext(SessionRequest.newBuilder().setReady(Ready.getDefaultInstance()).build());
    }
  }

  @Override
  public void onNext(SessionResponse response) {
    ClientCallStreamObserver<SessionRequest> stream = requests;
    if (stream == null) {
      return;
    }
    try {
      switch (response.getMessageCase()) {
        case KEY ->
            stream.onNext(
                SessionRequest.newBuilder().setAnswer(answers.answer(response.getKey())).build());
        case FORGET -> answers.forget();
        case MESSAGE_NOT_SET -> {} // From a newer broker; it awaits no answer.
      }
    } catch (RuntimeException e) {
      end.complete(End.FAILED);
      stream.cancel("the keyboard failed", null);
    }
  }

  @Override
  public void onError(Throwable error) {
    end.complete(ready ? End.OVER : End.NEVER_CONNECTED);
  }

  @Override
  public void onCompleted() {
    end.complete(End.OVER);
  }
}
