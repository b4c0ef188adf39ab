package org.keywarden.broker.rpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/**
 * Keeps every answer within the error contract: whatever a service ends with that carries no reason
 * of ours, or throws, becomes INTERNAL without a word of what went wrong inside.
 */
final class ContractInterceptor implements ServerInterceptor {
  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ServerCall<Q, R> kept = new Kept<>(call);
    ServerCall.Listener<Q> listener =
        guarded(kept, () -> next.startCall(kept, headers), new ServerCall.Listener<>() {});
    return new Guard<>(kept, listener);
  }

  private interface Step<T> {
    T take();
  }

  /** Ends the call before gRPC does, whose answer to a defect is outside the contract. */
  private static <T> T guarded(ServerCall<?, ?> call, Step<T> step, T otherwise) {
    try {
      return step.take();
    } catch (RuntimeException defect) {
      call.close(Status.INTERNAL, new Metadata());
      // The stack alone: a message could hold what a peer sent.
      StackTraceElement[] stack = defect.getStackTrace();
      System.err.println(
          "keywarden: fault in "
              + call.getMethodDescriptor().getFullMethodName()
              + ": "
              + defect.getClass().getName()
              + (stack.length == 0 ? "" : " at " + stack[0]));
      return otherwise;
    }
  }

  /** Lets a call end only as the contract says, and once. */
  private static final class Kept<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private boolean closed;

    Kept(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (closed) {
        return;
      }
      closed = true;
      if (status.isOk() || Refusals.reasonOf(status, trailers).isPresent()) {
        super.close(status, trailers);
        return;
      }
      Reason reason =
          status.getCode() == Status.Code.UNIMPLEMENTED
              ? Reason.REASON_UNIMPLEMENTED
              : Reason.REASON_INTERNAL;
      StatusRuntimeException refusal = Refusals.of(reason, "");
      @Nullable Metadata own = refusal.getTrailers();
      super.close(refusal.getStatus(), own == null ? new Metadata() : own);
    }
  }

  private static final class Guard<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<?, ?> call;

    Guard(ServerCall<?, ?> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    private void run(Runnable callback) {
      boolean unused =
          guarded(
              call,
              () -> {
                callback.run();
                return true;
              },
              false);
    }

    @Override
    public void onMessage(Q message) {
      run(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      run(super::onHalfClose);
    }

    @Override
    public void onCancel() {
      run(super::onCancel);
    }

    @Override
    public void onComplete() {
      run(super::onComplete);
    }

    @Override
    public void onReady() {
      run(super::onReady);
    }
  }
}
