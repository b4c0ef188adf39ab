package org.keywarden.broker.rpc;

import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Resource;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/** Refuses calls above what their peer may have open. */
final class CallBudget implements ServerInterceptor {
  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Connection connection = Connection.of(call);
    Budget.Share share = connection.share();
    if (!share.take(Resource.CALLS, 1)) {
      StatusRuntimeException refusal =
          Refusals.of(Reason.REASON_FLOODING, "more calls at once than a peer may have");
      @Nullable Metadata trailers = refusal.getTrailers();
      call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
      return new ServerCall.Listener<>() {};
    }
    Open open = new Open(share);
    ServerCall.Listener<Q> listener;
    Context beginning = connection.beginning();
    Context outer = beginning.attach();
    try {
      listener = next.startCall(new Closing<>(call, open), headers);
    } finally {
      beginning.detach(outer);
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onCancel() {
        open.end();
        super.onCancel();
      }

      @Override
      public void onComplete() {
        open.end();
        super.onComplete();
      }
    };
  }

  private static final class Open {
    private final Budget.Share share;
    private boolean ended;

    Open(Budget.Share share) {
      this.share = share;
    }

    void end() {
      if (!ended) {
        ended = true;
        share.give(Resource.CALLS, 1);
      }
    }
  }

  private static final class Closing<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final Open open;

    Closing(ServerCall<Q, R> call, Open open) {
      super(call);
      this.open = open;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      super.close(status, trailers);
      open.end();
    }
  }
}
