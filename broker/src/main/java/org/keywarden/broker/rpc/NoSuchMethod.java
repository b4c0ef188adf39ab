package org.keywarden.broker.rpc;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/** Answers calls of methods that are not on a socket, within the error contract. */
final class NoSuchMethod extends HandlerRegistry {
  private static final MethodDescriptor.Marshaller<byte[]> UNREAD =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] message) {
          return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream bytes) {
          return new byte[0];
        }
      };

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.newBuilder(UNREAD, UNREAD)
            .setType(MethodDescriptor.MethodType.UNKNOWN)
            .setFullMethodName(name)
            .build();
    return ServerMethodDefinition.create(method, (call, headers) -> refuse(call));
  }

  private static ServerCall.Listener<byte[]> refuse(ServerCall<byte[], byte[]> call) {
    StatusRuntimeException refusal =
        Refusals.of(Reason.REASON_UNIMPLEMENTED, "this socket has no such method");
    @Nullable Metadata trailers = refusal.getTrailers();
    call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
    return new ServerCall.Listener<>() {};
  }
}
