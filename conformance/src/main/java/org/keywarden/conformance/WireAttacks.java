package org.keywarden.conformance;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.proto.host.v1.AttachRequest;
import org.keywarden.proto.host.v1.FieldOpened;
import org.keywarden.proto.host.v1.Hello;

/** Bytes that are no proper messages, from plugins and applications. */
final class WireAttacks {
  private static final int TOO_LARGE = 300 * 1024;
  private static final byte[] GARBAGE = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0x00};

  private WireAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G9",
            "malformed message from a plugin",
            "Bytes that are no protobuf on Compose: that stream ends, the broker serves on.",
            f -> fromPlugin(f, GARBAGE)),
        Attack.of(
            "G9",
            "empty message from a plugin",
            "A message with nothing in it on Compose: that stream ends, the broker serves on.",
            f -> fromPlugin(f, new byte[0])),
        Attack.of(
            "G9",
            "oversized message from a plugin",
            "300 KiB in one message on Compose: that stream ends, the broker serves on.",
            f -> fromPlugin(f, new byte[TOO_LARGE])),
        Attack.of(
            "G9",
            "oversized text from a plugin",
            "A commit beyond the schema's bound: that stream ends, nothing committed.",
            f -> fromPlugin(f, Messages.action(Messages.commit("x".repeat(1_025))))),
        Attack.of(
            "G9",
            "malformed message from an application",
            "Bytes that are no protobuf on Attach: that session ends, another composes.",
            f -> fromApplication(f, GARBAGE)),
        Attack.of(
            "G9",
            "oversized message from an application",
            "300 KiB in one message on Attach: that session ends, another composes.",
            f -> fromApplication(f, new byte[TOO_LARGE])),
        Attack.of(
            "G9",
            "second hello",
            "An application renames itself: that session ends, another composes.",
            f ->
                fromApplication(
                    f,
                    AttachRequest.newBuilder()
                        .setHello(Hello.newBuilder().setApplication("other"))
                        .build()
                        .toByteArray())),
        Attack.of(
            "G9",
            "undefined announcement",
            "A field with an enum value nobody defined: that session ends, another composes.",
            f ->
                fromApplication(
                    f,
                    AttachRequest.newBuilder()
                        .setFieldOpened(
                            FieldOpened.newBuilder().setField(9).setAnnouncementValue(77))
                        .build()
                        .toByteArray())),
        Attack.of(
            "G9",
            "bytes that are not HTTP/2",
            "Noise on the application and the admin socket: the connection ends, no more.",
            WireAttacks::noise));
  }

  private static Outcome fromPlugin(Fixture f, byte[] message) throws Unsettled {
    Application application = f.live().application();
    f.a().send(0, message, 1);
    String end = f.a().awaitEnd(0);
    application.type(1, "ab");
    return Outcome.of(true, "stream ended: " + end)
        .and(application.awaitAnswers())
        .and(Outcome.expect("characters committed", 0, application.committed(1).length()))
        .and(f.stillServes());
  }

  private static Outcome fromApplication(Fixture f, byte[] message) throws Unsettled {
    Application attacker = f.application("attacker");
    attacker.raw(message);
    String end = attacker.awaitEnd();
    Application honest = f.live().application();
    honest.type(1, "a");
    return Outcome.of(true, "session ended: " + end).and(honest.awaitAnswers());
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

  private static void drain(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4_096);
    while (channel.read(buffer) >= 0) {
      buffer.clear();
    }
  }
}
