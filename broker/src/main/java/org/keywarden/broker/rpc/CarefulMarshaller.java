package org.keywarden.broker.rpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.keywarden.proto.error.v1.Reason;

/**
 * Reads a request, or says why it cannot be read. gRPC's own answer to bytes that are no message of
 * the expected type is outside the error contract; {@link Unusable} reaches {@link
 * SchemaInterceptor}, which answers by it.
 */
final class CarefulMarshaller implements Marshaller<Object> {
  /** What came instead of a request. */
  record Unusable(Reason reason, String problem) {}

  private final Marshaller<Object> plain;
  private final int mostBytes;

  private CarefulMarshaller(Marshaller<Object> plain, int mostBytes) {
    this.plain = plain;
    this.mostBytes = mostBytes;
  }

  /** The same service, its requests read carefully; {@link SchemaInterceptor} must stand before. */
  static ServerServiceDefinition guard(ServerServiceDefinition service, int mostBytes) {
    ServerServiceDefinition.Builder guarded =
        ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      guarded.addMethod(guard(method, mostBytes));
    }
    return guarded.build();
  }

  // A marshaller and a handler of requests take objects at run time; what reaches the handler has
  // come from the method's own marshaller, for the rest ends in SchemaInterceptor.
  @SuppressWarnings("unchecked")
  private static <Q, R> ServerMethodDefinition<Object, R> guard(
      ServerMethodDefinition<Q, R> method, int mostBytes) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    Marshaller<Object> plain = (Marshaller<Object>) descriptor.getRequestMarshaller();
    return ServerMethodDefinition.create(
        descriptor.toBuilder(
                new CarefulMarshaller(plain, mostBytes), descriptor.getResponseMarshaller())
            .build(),
        (ServerCallHandler<Object, R>) method.getServerCallHandler());
  }

  @Override
  public InputStream stream(Object request) {
    return plain.stream(request);
  }

  @Override
  public Object parse(InputStream bytes) {
    try {
      return bytes.available() > mostBytes
          ? new Unusable(Reason.REASON_MESSAGE_TOO_LARGE, "more than " + mostBytes + " bytes")
          : plain.parse(bytes);
    } catch (StatusRuntimeException unreadable) {
      return new Unusable(Reason.REASON_INVALID_MESSAGE, "not a message of this method");
    } catch (IOException e) {
      throw new UncheckedIOException("a message in memory cannot be read", e);
    }
  }
}
