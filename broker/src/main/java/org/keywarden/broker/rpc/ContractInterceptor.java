package org.keywarden.broker.rpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
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
 * of ours becomes INTERNAL without a word of what went wrong inside.
 */
final class ContractInterceptor implements ServerInterceptor {
  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
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
        },
        headers);
  }
}
