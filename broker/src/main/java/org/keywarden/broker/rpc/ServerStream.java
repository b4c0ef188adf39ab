package org.keywarden.broker.rpc;

import com.google.protobuf.MessageLite;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Resource;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/**
 * The broker's side of a call that stays open. It ends once, from whichever side; what its peer has
 * not read is bounded in bytes, and charged to the peer.
 *
 * <p>Thread: the seat's. To be made before the method that serves the call returns.
 *
 * @param <R> what is sent
 */
public final class ServerStream<R extends MessageLite> {
  /**
   * Bytes left unread beyond what the transport takes (32 KiB) before the call is ended: more than
   * a plugin is offered in the seconds it may stand still while an application is restless.
   */
  static final int MOST_UNREAD = 256 * 1024;

  private final ServerCallStreamObserver<R> responses;
  private final Budget.Share share;
  private final Runnable gone;
  private boolean ended;
  private int unread;

  /**
   * @param share of the connection the call came in on
   * @param gone told once when the call ends in any way but by {@link #end}
   */
  public ServerStream(StreamObserver<R> responses, Budget.Share share, Runnable gone) {
    this.responses = (ServerCallStreamObserver<R>) responses;
    this.share = share;
    this.gone = gone;
    this.responses.setOnCancelHandler(this::lost);
    this.responses.setOnReadyHandler(this::allRead);
  }

  /** Whether it has ended: nothing that still comes in counts. */
  public boolean ended() {
    return ended;
  }

  /** Sends, unless the call has ended; a peer that reads nothing ends it. */
  public void send(R response) {
    if (ended || responses.isCancelled()) {
      return;
    }
    if (!responses.isReady()) {
      int size = response.getSerializedSize();
      if (unread + size > MOST_UNREAD || !share.take(Resource.BYTES, size)) {
        refuse(Reason.REASON_FLOODING, "the peer does not read what it is sent");
        return;
      }
      unread += size;
    }
    responses.onNext(response);
  }

  /** Ends it for what the peer did. */
  public void refuse(Reason reason, String detail) {
    if (!ended) {
      lost();
      responses.onError(Refusals.of(reason, detail));
    }
  }

  /** Ends it; whoever asks knows already. */
  public void end(Reason reason, String detail) {
    if (close()) {
      responses.onError(Refusals.of(reason, detail));
    }
  }

  /** The peer has said all it has to say, and so has the broker. */
  public void complete() {
    if (!ended) {
      lost();
      responses.onCompleted();
    }
  }

  /** The peer is gone. */
  public void lost() {
    if (close()) {
      gone.run();
    }
  }

  private boolean close() {
    if (ended) {
      return false;
    }
    ended = true;
    allRead();
    return true;
  }

  private void allRead() {
    share.give(Resource.BYTES, unread);
    unread = 0;
  }
}
