package org.keywarden.conformance.stranger;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.host.v1.Announcement;
import org.keywarden.proto.host.v1.AttachRequest;
import org.keywarden.proto.host.v1.AttachResponse;
import org.keywarden.proto.host.v1.FieldOpened;
import org.keywarden.proto.host.v1.Hello;
import org.keywarden.proto.host.v1.InputHostServiceGrpc;
import org.keywarden.proto.host.v1.KeyTyped;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;

/** Floods that any socket takes, and those of sockets that speak gRPC. */
public final class Floods {
  /** Beginning of HTTP/2 and empty SETTINGS (RFC 9113, sections 3.4 and 6.5). */
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  private static final int FRAME_BYTES = 16 * 1024;

  /** What fits into the broker's window for one connection. */
  private static final int FRAMES = 3;

  private static final int KEYS_AT_ONCE = 500;

  private Floods() {}

  /** Connections that begin HTTP/2 and stay; as many as it gets. */
  static List<SocketChannel> connections(Path socket, int count) {
    List<SocketChannel> all = new ArrayList<>();
    try {
      for (int i = 0; i < count && !Time.over(); i++) {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        all.add(channel);
        begin(channel);
      }
    } catch (IOException refused) {
      return all;
    }
    return all;
  }

  /**
   * Connections that begin HTTP/2, made one after the other.
   *
   * @param kept how many of them stay open, the newest
   * @return all that were made
   */
  public static List<SocketChannel> succession(Path socket, int count, int kept) {
    List<SocketChannel> made = new ArrayList<>();
    for (int i = 0; i < count && !Time.over(); i++) {
      try {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        made.add(channel);
        begin(channel);
        if (made.size() > kept) {
          made.get(made.size() - 1 - kept).close();
        }
      } catch (IOException refused) {
        // The next may be let in.
        continue;
      }
    }
    return made;
  }

  /** A connection closed already is one more that was made. */
  private static void begin(SocketChannel channel) {
    try {
      int ignored = channel.write(ByteBuffer.wrap(PREFACE));
    } catch (IOException closed) {
      return;
    }
  }

  /** Connections whose one request stays unfinished, as large as the broker takes it. */
  static List<SocketChannel> halfRequests(Path socket, int count) throws IOException {
    List<SocketChannel> all = connections(socket, count);
    byte[] request = halfRequest();
    for (SocketChannel channel : all) {
      // What does not fit is not waited for.
      channel.configureBlocking(false);
      try {
        int ignored = channel.write(ByteBuffer.wrap(request));
      } catch (IOException closed) {
        continue;
      }
    }
    return all;
  }

  /** HEADERS of Attach, then DATA of a message of 256 KiB that ends early. */
  private static byte[] halfRequest() {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    // Indexed: POST, http; literal without indexing (RFC 7541, section 6.2.2): path and the rest.
    block.write(0x83);
    block.write(0x86);
    literal(block, 4, "/keywarden.host.v1.InputHostService/Attach");
    literal(block, 1, "localhost");
    named(block, "content-type", "application/grpc");
    named(block, "te", "trailers");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    frame(out, 1, 4, block.toByteArray());
    byte[] part = new byte[FRAME_BYTES];
    ByteBuffer.wrap(part).put((byte) 0).putInt(255 * 1024);
    for (int i = 0; i < FRAMES; i++) {
      frame(out, 0, 0, i == 0 ? part : new byte[FRAME_BYTES]);
    }
    return out.toByteArray();
  }

  private static void frame(ByteArrayOutputStream out, int kind, int flags, byte... content) {
    out.writeBytes(
        ByteBuffer.allocate(9)
            .put((byte) (content.length >> 16))
            .putShort((short) content.length)
            .put((byte) kind)
            .put((byte) flags)
            .putInt(1)
            .array());
    out.writeBytes(content);
  }

  private static void literal(ByteArrayOutputStream out, int index, String value) {
    out.write(index);
    text(out, value);
  }

  private static void named(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    text(out, name);
    text(out, value);
  }

  private static void text(ByteArrayOutputStream out, String value) {
    out.write(value.length());
    out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sessions of applications that type without focus and read no answer. */
  static List<ClientCall<AttachRequest, AttachResponse>> unreadCalls(
      Path socket, int calls, int keys) {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    List<ClientCall<AttachRequest, AttachResponse>> all = new ArrayList<>();
    ManagedChannel channel = null;
    for (int i = 0; i < calls; i++) {
      if (channel == null || i % 16 == 0) {
        channel = UnixChannels.on(loop, socket).build();
      }
      ClientCall<AttachRequest, AttachResponse> call =
          channel.newCall(InputHostServiceGrpc.getAttachMethod(), CallOptions.DEFAULT);
      call.start(new ClientCall.Listener<>() {}, new Metadata());
      call.sendMessage(
          AttachRequest.newBuilder().setHello(Hello.newBuilder().setApplication("kit")).build());
      call.sendMessage(
          AttachRequest.newBuilder()
              .setFieldOpened(
                  FieldOpened.newBuilder()
                      .setField(1)
                      .setAnnouncement(Announcement.ANNOUNCEMENT_EXPECTED))
              .build());
      all.add(call);
    }
    for (int sent = 0; sent < keys && !Time.over(); sent += KEYS_AT_ONCE) {
      for (ClientCall<AttachRequest, AttachResponse> call : all) {
        // What the broker does not take is not kept here.
        if (call.isReady() && !Time.over()) {
          type(call, sent);
        }
      }
      sleep();
    }
    return all;
  }

  private static void type(ClientCall<AttachRequest, AttachResponse> call, int from) {
    for (int i = 0; i < KEYS_AT_ONCE; i++) {
      call.sendMessage(
          AttachRequest.newBuilder()
              .setKey(
                  KeyTyped.newBuilder()
                      .setField(1)
                      .setKeyId(from + i + 1)
                      .setKey(
                          Key.newBuilder()
                              .setKeysym('a')
                              .setKeycode(38)
                              .setAction(KeyAction.KEY_ACTION_PRESS)))
              .build());
    }
  }

  /** Lets the transport send what was given to it, so that memory is taken there and not here. */
  private static void sleep() {
    java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
  }
}
