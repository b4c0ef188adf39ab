package org.keywarden.broker.bus;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/** A program on a real bus, over one blocking socket; one thread reads, any sends. */
public final class BusPeer implements AutoCloseable {
  private final SocketChannel socket;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 20).limit(0);
  private String name = "";
  private int serial;

  private BusPeer(SocketChannel socket) {
    this.socket = socket;
  }

  public static BusPeer connect(Path bus, int uid) throws IOException {
    BusPeer peer = new BusPeer(SocketChannel.open(UnixDomainSocketAddress.of(bus)));
    String hex =
        HexFormat.of().formatHex(Integer.toString(uid).getBytes(StandardCharsets.US_ASCII));
    peer.write(("\0AUTH EXTERNAL " + hex + "\r\nBEGIN\r\n").getBytes(StandardCharsets.US_ASCII));
    while (peer.next() != '\n') {
      // The bus's OK.
    }
    if (peer.askBus("Hello").body().getFirst() instanceof Value.Str unique) {
      peer.name = unique.value();
    }
    return peer;
  }

  /** Its unique name. */
  public String name() {
    return name;
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

  public Message askBus(String member, Value... body) throws IOException {
    return answer(send(Message.call(BusConversation.BUS, "/", BusConversation.BUS, member, body)));
  }

  /** Sends without waiting; the message's serial. */
  public synchronized int send(Message message) throws IOException {
    write(MessageCodec.write(message.numbered(++serial)));
    return serial;
  }

  /** The answer to a call; what comes before it is dropped. */
  public Message answer(int to) throws IOException {
    Message message = read();
    while (message.replySerial() != to) {
      message = read();
    }
    return message;
  }

  /** The next message. */
  public Message read() throws IOException {
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

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
