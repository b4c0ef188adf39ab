package org.keywarden.broker.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.budget.Limits;
import org.keywarden.broker.budget.Limits.Bound;
import org.keywarden.broker.budget.Resource;
import org.keywarden.broker.socket.Admission;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.admin.v1.AdminServiceGrpc;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.ListPluginsResponse;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.admin.v1.SelectPluginResponse;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.testbed.Await;

/** Every way a call can go wrong, over a real socket, ends as the error contract says. */
final class UnixServerTest {
  private static final String INSIDE = "what went wrong inside";

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private Path directory = Path.of("");
  private UnixServer server;
  private ManagedChannel channel;

  /** A service with a defect in one method and a status of its own in another. */
  private static final class Defective extends AdminServiceGrpc.AdminServiceImplBase {
    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> responses) {
      responses.onNext(GetStatusResponse.getDefaultInstance());
      responses.onCompleted();
    }

    @Override
    public void listPlugins(
        ListPluginsRequest request, StreamObserver<ListPluginsResponse> responses) {
      throw new IllegalStateException(INSIDE);
    }

    @Override
    public void selectPlugin(
        SelectPluginRequest request, StreamObserver<SelectPluginResponse> responses) {
      responses.onError(Status.DATA_LOSS.withDescription(INSIDE).asRuntimeException());
    }
  }

  private static final Limits LIMITS =
      new Limits(new Bound(3, 3), new Bound(0, 0), new Bound(2, 2), new Bound(100, 100));

  private final Admission admission = Admissions.of(LIMITS, Admissions.everybody().uid());

  @BeforeEach
  void start() throws IOException {
    directory = Files.createTempDirectory("kwu");
    server =
        UnixServer.start(
            new UnixServer.Environment(
                loop, loop.next(), new SecureRandom(), new SchemaCheck(), admission),
            directory.resolve("s"),
            peer -> true,
            List.of(new Defective().bindService()));
    channel = UnixChannels.on(loop, server.socket()).build();
  }

  @AfterEach
  void stop() throws IOException {
    channel.shutdownNow();
    server.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    Files.delete(directory);
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    AS_THEY_ARE;

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** How a call with these bytes ends; empty if well. */
  private Optional<StatusRuntimeException> call(String method, byte[] message) {
    try {
      var unused =
          ClientCalls.blockingUnaryCall(
              channel,
              MethodDescriptor.newBuilder(Bytes.AS_THEY_ARE, Bytes.AS_THEY_ARE)
                  .setType(MethodDescriptor.MethodType.UNARY)
                  .setFullMethodName(AdminServiceGrpc.SERVICE_NAME + "/" + method)
                  .build(),
              CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
              message);
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.of(e);
    }
  }

  private void ends(Reason reason, String method, byte[] message) {
    StatusRuntimeException end = call(method, message).orElseThrow();
    assertEquals(Optional.of(reason), Refusals.reasonOf(end), end::toString);
    assertFalse(String.valueOf(end.getMessage()).contains(INSIDE), "nothing of the inside");
    assertEquals(Optional.empty(), call("GetStatus", new byte[0]), "the server serves on");
  }

  @Test
  void bytesThatAreNoMessage() {
    ends(Reason.REASON_INVALID_MESSAGE, "SelectPlugin", new byte[] {(byte) 0xFF, 1, 2});
  }

  @Test
  void textThatIsNoUtf8() {
    ends(Reason.REASON_INVALID_MESSAGE, "SelectPlugin", new byte[] {0x0A, 1, (byte) 0xFF});
  }

  @Test
  void aFieldNoSchemaHas() {
    ends(
        Reason.REASON_INVALID_MESSAGE,
        "GetStatus",
        GetStatusRequest.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        900,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("x"))
                            .build())
                    .build())
            .build()
            .toByteArray());
  }

  @Test
  void aValueBeyondItsBound() {
    ends(
        Reason.REASON_INVALID_MESSAGE,
        "SelectPlugin",
        SelectPluginRequest.newBuilder().setPluginId("x".repeat(10_000)).build().toByteArray());
  }

  @Test
  void aMessageLargerThanAnyHonestOne() {
    ends(
        Reason.REASON_MESSAGE_TOO_LARGE,
        "SelectPlugin",
        "x".repeat(65 * 1024).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aMessageNotReadToItsEnd() {
    StatusRuntimeException end = call("SelectPlugin", new byte[300 * 1024]).orElseThrow();
    Status.Code code = end.getStatus().getCode();
    assertTrue(
        code == Status.Code.CANCELLED || code == Status.Code.RESOURCE_EXHAUSTED, end::toString);
    assertEquals(Optional.empty(), call("GetStatus", new byte[0]), "the server serves on");
  }

  @Test
  void aMethodThatIsNotThere() {
    ends(Reason.REASON_UNIMPLEMENTED, "Nonsense", new byte[0]);
  }

  @Test
  void aMethodThatTheServiceDoesNotServe() {
    ends(Reason.REASON_UNIMPLEMENTED, "ListGrants", new byte[0]);
  }

  @Test
  void aDefect() {
    ends(Reason.REASON_INTERNAL, "ListPlugins", new byte[0]);
  }

  @Test
  void aStatusWithoutAReasonOfOurs() {
    ends(
        Reason.REASON_INTERNAL,
        "SelectPlugin",
        SelectPluginRequest.newBuilder().setPluginId("org.example").build().toByteArray());
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(server.socket()));
  }

  private static boolean refused(SocketChannel connection) throws IOException {
    return connection.read(ByteBuffer.allocate(1)) < 0;
  }

  private void awaitHeld(Resource what, long amount) {
    Await.until(
        amount + " of " + what + " to be held", () -> admission.budget().held(what) == amount);
  }

  @Test
  void connectionsBeyondWhatAProcessMayHaveAreClosedAtOnce() throws IOException {
    List<SocketChannel> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(connect());
    }
    awaitHeld(Resource.CONNECTIONS, 3);
    for (int i = 0; i < 200; i++) {
      try (SocketChannel more = connect()) {
        assertTrue(refused(more));
      }
    }
    held.removeFirst().close();
    awaitHeld(Resource.CONNECTIONS, 2);
    assertEquals(Optional.empty(), call("GetStatus", new byte[0]), "the server serves on");
    for (SocketChannel each : held) {
      each.close();
    }
    awaitHeld(Resource.CONNECTIONS, 1);
    channel.shutdownNow();
    awaitHeld(Resource.CONNECTIONS, 0);
  }

  @Test
  void callsBeyondWhatAProcessMayHaveAreRefused() {
    List<ClientCall<byte[], byte[]>> open = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      open.add(begin());
    }
    awaitHeld(Resource.CALLS, 2);
    assertEquals(
        Optional.of(Reason.REASON_FLOODING),
        call("GetStatus", new byte[0]).flatMap(Refusals::reasonOf));
    open.forEach(call -> call.cancel("enough", null));
    awaitHeld(Resource.CALLS, 0);
    for (int i = 0; i < 10; i++) {
      assertEquals(Optional.empty(), call("GetStatus", new byte[0]));
      ends(Reason.REASON_INTERNAL, "ListPlugins", new byte[0]);
    }
    awaitHeld(Resource.CALLS, 0);
  }

  /** A call that sends nothing. */
  private ClientCall<byte[], byte[]> begin() {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            MethodDescriptor.newBuilder(Bytes.AS_THEY_ARE, Bytes.AS_THEY_ARE)
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(AdminServiceGrpc.SERVICE_NAME + "/GetStatus")
                .build(),
            CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.request(1);
    return call;
  }
}
