package org.keywarden.broker.rpc;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/**
 * Lets only messages that keep their schema reach a service; the first that does not ends its call.
 */
final class SchemaInterceptor implements ServerInterceptor {
  private final SchemaCheck check;

  SchemaInterceptor(SchemaCheck check) {
    this.check = check;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean ended;

      @Override
      public void onMessage(Q message) {
        if (ended) {
          return;
        }
        if (message instanceof CarefulMarshaller.Unusable unusable) {
          refuse(unusable.reason(), unusable.problem());
          return;
        }
        String problem = check.problem((Message) message);
        if (problem == null) {
          super.onMessage(message);
        } else {
          refuse(Reason.REASON_INVALID_MESSAGE, problem);
        }
      }

      private void refuse(Reason reason, String problem) {
        ended = true;
        StatusRuntimeException refusal = Refusals.of(reason, problem);
        call.close(refusal.getStatus(), trailersOf(refusal));
        super.onCancel();
      }

      @Override
      public void onHalfClose() {
        if (!ended) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        if (!ended) {
          super.onCancel();
        }
      }
    };
  }

  private static Metadata trailersOf(StatusRuntimeException refusal) {
    @Nullable Metadata trailers = refusal.getTrailers();
    return trailers == null ? new Metadata() : trailers;
  }
}
