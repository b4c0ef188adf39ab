package org.keywarden.broker.frontdoor.ibus.session;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.keywarden.broker.frontdoor.ibus.bus.BusObject;
import org.keywarden.broker.frontdoor.ibus.context.ContextCalls;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/** A program on a real session bus, over one blocking socket. */
final class BusCaller implements AutoCloseable {
  private final SocketChannel socket;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 20).limit(0);
  private int serial;

  private BusCaller(SocketChannel socket) {
    this.socket = socket;
  }

  static BusCaller connect(Path bus, int uid) throws IOException {
    BusCaller caller = new BusCaller(SocketChannel.open(UnixDomainSocketAddress.of(bus)));
    String hex =
        HexFormat.of().formatHex(Integer.toString(uid).getBytes(StandardCharsets.US_ASCII));
    caller.write(("\0AUTH EXTERNAL " + hex + "\r\nBEGIN\r\n").getBytes(StandardCharsets.US_ASCII));
    while (caller.next() != '\n') {
      // The bus's OK.
    }
    caller.askBus("Hello");
    return caller;
  }

  private void write(byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      socket.write(left);
    }
  }

  private byte next() throws IOException {
    await(1);
    return in.get();
  }

  private void await(int count) throws IOException {
    while (in.remaining() < count) {
      in.compact();
      int read = socket.read(in);
      in.flip();
      if (read < 0) {
        throw new EOFException("the bus closed the connection");
      }
    }
  }

  Message askBus(String member, Value... body) throws IOException {
    return answer(send(Message.call(BusObject.NAME, "/", BusObject.NAME, member, body)));
  }

  Message askPortal(String path, String on, String member, Value... body) throws IOException {
    return answer(send(Message.call(Portal.NAME, path, on, member, body)));
  }

  /** Sends without waiting; the call's serial. */
  int send(Message call) throws IOException {
    write(MessageCodec.write(call.numbered(++serial)));
    return serial;
  }

  private Message answer(int to) throws IOException {
    Message message = read();
    while (message.replySerial() != to) {
      message = read();
    }
    return message;
  }

  /** The next message. */
  Message read() throws IOException {
    await(MessageCodec.PREFIX);
    try {
      int length = MessageCodec.length(in.slice());
      await(length);
      Message message = MessageCodec.read(in.slice(in.position(), length));
      in.position(in.position() + length);
      return message;
    } catch (Malformed e) {
      throw new IOException(e);
    }
  }

  String context(String client) throws IOException {
    Message made =
        askPortal(IbusObject.PATH, Portal.INTERFACE, "CreateInputContext", Fixture.text(client));
    return made.body().getFirst() instanceof Value.ObjectPath path
        ? path.value()
        : Fixture.outcome(made);
  }

  Message on(String context, String member, Value... body) throws IOException {
    return askPortal(context, ContextCalls.INTERFACE, member, body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
