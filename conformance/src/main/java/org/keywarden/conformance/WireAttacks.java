package org.keywarden.conformance;

import com.google.protobuf.UnknownFieldSet;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.host.v1.AttachRequest;
import org.keywarden.proto.host.v1.FieldOpened;
import org.keywarden.proto.host.v1.Hello;
import org.keywarden.proto.host.v1.KeyTyped;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.DeriveCapabilityRequest;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc;

/** Bytes that are no proper messages, from plugins and applications. */
final class WireAttacks {
  private static final int LARGE = 80 * 1024;
  private static final int LARGER = 100 * 1024;
  private static final int TOO_LARGE = 300 * 1024;

  /** gRPC's own end of a stream that carries too much, which comes first of the two. */
  private static final String RESET = "status (CANCELLED|RESOURCE_EXHAUSTED)";

  /** How soon a stream is reset instead of read to the message's end is the broker's affair. */
  private static final String TOO_LARGE_OR_RESET =
      Refusals.nameOf(Reason.REASON_MESSAGE_TOO_LARGE) + "|" + RESET;

  private static final UnknownFieldSet UNKNOWN =
      UnknownFieldSet.newBuilder()
          .addField(1_000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();
  private static final byte[] GARBAGE = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0x00};

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  /** Two puppets and the trusted keyboard. */
  private static final int INSTANCES = 3;

  private WireAttacks() {}

  static List<Attack> all() {
    return List.of(
        plugin(
            "malformed message",
            "Bytes that are no protobuf",
            GARBAGE,
            Reason.REASON_INVALID_MESSAGE),
        plugin(
            "empty message",
            "A message with nothing in it",
            new byte[0],
            Reason.REASON_INVALID_MESSAGE),
        plugin(
            "large message", "80 KiB of zeros", new byte[LARGE], Reason.REASON_MESSAGE_TOO_LARGE),
        Attack.of(
            "G9",
            "larger message from a plugin",
            "100 KiB of zeros, on Compose: that stream ends with MESSAGE_TOO_LARGE or is reset,"
                + " nothing is committed.",
            f -> fromPlugin(f, new byte[LARGER], TOO_LARGE_OR_RESET)),
        Attack.of(
            "G9",
            "oversized message from a plugin",
            "300 KiB in one message on Compose: that stream is reset, the broker serves on.",
            f -> fromPlugin(f, new byte[TOO_LARGE], RESET)),
        plugin(
            "oversized text",
            "A commit beyond the schema's bound",
            Messages.action(Messages.commit("x".repeat(1_025))),
            Reason.REASON_INVALID_MESSAGE),
        plugin(
            "unknown field",
            "An action with a field no schema has, one level down",
            ComposeRequest.newBuilder()
                .setAction(Action.newBuilder().setCommit("x").setUnknownFields(UNKNOWN))
                .build()
                .toByteArray(),
            Reason.REASON_INVALID_MESSAGE),
        plugin(
            "invalid UTF-8",
            "A commit whose text is no UTF-8",
            new byte[] {0x12, 3, 0x0A, 1, (byte) 0xFF},
            Reason.REASON_INVALID_MESSAGE),
        application(
            "malformed message",
            "Bytes that are no protobuf",
            GARBAGE,
            Reason.REASON_INVALID_MESSAGE),
        application(
            "large message", "80 KiB of zeros", new byte[LARGE], Reason.REASON_MESSAGE_TOO_LARGE),
        Attack.of(
            "G9",
            "larger message from an application",
            "100 KiB of zeros, on Attach: that session ends with MESSAGE_TOO_LARGE or is reset,"
                + " another composes.",
            f -> fromApplication(f, new byte[LARGER], TOO_LARGE_OR_RESET)),
        Attack.of(
            "G9",
            "oversized message from an application",
            "300 KiB in one message on Attach: that session is reset, another composes.",
            f -> fromApplication(f, new byte[TOO_LARGE], RESET)),
        application(
            "second hello",
            "An application renames itself",
            request(b -> b.setHello(Hello.newBuilder().setApplication("other"))),
            Reason.REASON_OUT_OF_TURN),
        application(
            "key of an unknown field",
            "A key for a field never opened",
            request(
                b ->
                    b.setKey(
                        KeyTyped.newBuilder()
                            .setField(77)
                            .setKeyId(1)
                            .setKey(
                                Key.newBuilder()
                                    .setKeysym('a')
                                    .setKeycode(38)
                                    .setAction(KeyAction.KEY_ACTION_PRESS)))),
            Reason.REASON_OUT_OF_TURN),
        application(
            "giant name",
            "A hello with a name of 60,000 characters",
            request(b -> b.setHello(Hello.newBuilder().setApplication("x".repeat(60_000)))),
            Reason.REASON_INVALID_MESSAGE),
        application(
            "invalid UTF-8",
            "A hello whose name is no UTF-8",
            new byte[] {0x0A, 3, 0x0A, 1, (byte) 0xFF},
            Reason.REASON_INVALID_MESSAGE),
        application(
            "unknown field",
            "A field opened with a field no schema has",
            request(
                b ->
                    b.setFieldOpened(
                        FieldOpened.newBuilder().setField(9).setUnknownFields(UNKNOWN))),
            Reason.REASON_INVALID_MESSAGE),
        application(
            "undefined announcement",
            "A field with an enum value nobody defined",
            request(
                b ->
                    b.setFieldOpened(
                        FieldOpened.newBuilder().setField(9).setAnnouncementValue(77))),
            Reason.REASON_INVALID_MESSAGE),
        Attack.of(
            "G9",
            "method of another socket",
            "A plugin's method called on the applications' socket: UNIMPLEMENTED.",
            WireAttacks::elsewhere),
        Attack.of(
            "G9",
            "bytes that are not HTTP/2",
            "Noise on the application and the admin socket: the connection ends, no more.",
            WireAttacks::noise),
        Attack.of(
            "G7",
            "stranger at an instance's socket",
            "A program of the same user connects as plugin or trusted keyboard: closed unanswered.",
            WireAttacks::stranger));
  }

  private static byte[] request(UnaryOperator<AttachRequest.Builder> content) {
    return content.apply(AttachRequest.newBuilder()).build().toByteArray();
  }

  private static Attack plugin(String name, String tried, byte[] message, Reason reason) {
    String end = Refusals.nameOf(reason);
    return Attack.of(
        "G9",
        name + " from a plugin",
        tried + ", on Compose: that stream ends with " + end + ", nothing is committed.",
        f -> fromPlugin(f, message, end));
  }

  private static Attack application(String name, String tried, byte[] message, Reason reason) {
    String end = Refusals.nameOf(reason);
    return Attack.of(
        "G9",
        name + " from an application",
        tried + ", on Attach: that session ends with " + end + ", another composes.",
        f -> fromApplication(f, message, end));
  }

  private static Outcome fromPlugin(Fixture f, byte[] message, String expected) throws Unsettled {
    Application application = f.live().application();
    f.a().send(0, message, 1);
    String end = f.a().awaitEnd(0);
    application.type(1, "ab");
    return Outcome.of(end.matches(expected), "stream ended: " + end)
        .and(application.awaitAnswers())
        .and(Outcome.expect("characters committed", 0, application.committed(1).length()))
        .and(f.stillServes());
  }

  private static Outcome fromApplication(Fixture f, byte[] message, String expected)
      throws Unsettled {
    Application attacker = f.application("attacker");
    attacker.raw(message);
    String end = attacker.awaitEnd();
    Application honest = f.live().application();
    honest.type(1, "a");
    return Outcome.of(end.matches(expected), "session ended: " + end).and(honest.awaitAnswers());
  }

  private static Outcome elsewhere(Fixture f) throws Unsettled {
    try (UnixChannels channels = new UnixChannels()) {
      String end = "";
      try {
        var unused =
            PluginServiceGrpc.newBlockingStub(channels.to(f.broker().hostSocket()))
                .withDeadlineAfter(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .deriveCapability(DeriveCapabilityRequest.getDefaultInstance());
      } catch (StatusRuntimeException refused) {
        end = Refusals.reasonOf(refused).map(Refusals::nameOf).orElse("no reason");
      }
      return Outcome.expect("ended", Refusals.nameOf(Reason.REASON_UNIMPLEMENTED), end);
    }
  }

  private static Outcome noise(Fixture f) throws Unsettled {
    for (Path socket : List.of(f.broker().hostSocket(), f.broker().adminSocket())) {
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(socket));
        channel.write(
            ByteBuffer.wrap(
                "\0\0not http\r\n\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII)));
        drain(channel);
      } catch (IOException reset) {
        // The broker may reset the connection while the noise is still being written.
        continue;
      }
    }
    f.live();
    return f.stillServes();
  }

  private static Outcome stranger(Fixture f) throws Unsettled {
    Application application = f.live().application();
    List<Path> sockets = f.broker().instanceSockets();
    long greeting = sockets.stream().filter(WireAttacks::greets).count();
    application.type(1, "a");
    return Outcome.of(sockets.size() >= INSTANCES, sockets.size() + " sockets of instances")
        .and(Outcome.expect("of them greeting a stranger", 0L, greeting))
        .and(Outcome.expect("admin socket greeting", true, greets(f.broker().adminSocket())))
        .and(application.awaitAnswers());
  }

  /** Whether anything comes back for the beginning of HTTP/2 (RFC 9113, section 3.4). */
  private static boolean greets(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap(PREFACE));
      return channel.read(ByteBuffer.allocate(1)) > 0;
    } catch (IOException closed) {
      return false;
    }
  }

  private static void drain(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4_096);
    while (channel.read(buffer) >= 0) {
      buffer.clear();
    }
  }
}
