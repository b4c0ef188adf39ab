package org.keywarden.broker.frontdoor.window;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An X server with a root window (1), one window in it (16), which names its program, and one in
 * that (17), which has the keyboard and names none. Pings are answered as told.
 */
final class FakeDisplay implements AutoCloseable {
  static final int PROTOCOLS = 100;
  private static final int ROOT = 1;
  private static final int WINDOW = 16;
  private static final int INNER = 17;

  /** What it did with each ping: the number it had. */
  final BlockingQueue<Integer> pings = new LinkedBlockingQueue<>();

  /** Windows whose program was asked for. */
  final BlockingQueue<Integer> looked = new LinkedBlockingQueue<>();

  /** The events that were last asked for. */
  final BlockingQueue<Integer> listened = new LinkedBlockingQueue<>();

  private final ServerSocketChannel server;
  private final long pid;
  private final int answered;
  private final List<String> atoms = new ArrayList<>();
  private int sequence;

  /**
   * @param pid that the window names
   * @param answered how many pings are answered
   */
  FakeDisplay(Path socket, long pid, int answered) throws IOException {
    this.pid = pid;
    this.answered = answered;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  private void serve() {
    try (SocketChannel client = server.accept()) {
      ByteBuffer setup = read(client, 12);
      read(client, padded(setup.getShort(6)) + padded(setup.getShort(8)));
      ByteBuffer all = buffer(40 + 4 + 8 + 40);
      all.put(0, (byte) 1).putShort(6, (short) ((all.capacity() - 8) / 4)).putShort(24, (short) 3);
      all.put(28, (byte) 1).put(29, (byte) 1).putInt(52, ROOT);
      client.write(all);
      while (true) {
        ByteBuffer head = read(client, 4);
        ByteBuffer body = read(client, 4 * (Short.toUnsignedInt(head.getShort(2)) - 1));
        sequence++;
        take(client, head.get(0), body);
      }
    } catch (IOException ended) {
      // The client went, or the test is over.
    }
  }

  private void take(SocketChannel client, int opcode, ByteBuffer body) throws IOException {
    switch (opcode) {
      case 2 -> listened.add(body.getInt(8));
      case 15 -> client.write(reply(0).putInt(12, body.getInt(0) == INNER ? WINDOW : ROOT));
      case 16 -> {
        byte[] name = new byte[body.getShort(0)];
        body.get(4, name);
        atoms.add(new String(name, StandardCharsets.US_ASCII));
        client.write(reply(0).putInt(8, PROTOCOLS + atoms.size() - 1));
      }
      case 20 -> {
        looked.add(body.getInt(0));
        boolean names = body.getInt(0) == WINDOW;
        ByteBuffer answer = reply(names ? 1 : 0).putInt(16, names ? 1 : 0);
        client.write(names ? answer.putInt(32, (int) pid) : answer);
      }
      case 25 -> {
        ByteBuffer event = buffer(32).put(0, body, 8, 32);
        pings.add(event.getInt(16));
        if (pings.size() <= answered) {
          event.put(0, (byte) (event.get(0) | 0x80)).putInt(4, ROOT);
          client.write(event);
        }
      }
      case 43 -> client.write(reply(0).putInt(8, INNER));
      default -> throw new IOException("opcode " + opcode);
    }
  }

  private ByteBuffer reply(int units) {
    return buffer(32 + 4 * units).put(0, (byte) 1).putShort(2, (short) sequence).putInt(4, units);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  private static ByteBuffer read(SocketChannel from, int size) throws IOException {
    ByteBuffer all = buffer(size);
    while (all.hasRemaining()) {
      if (from.read(all) < 0) {
        throw new EOFException();
      }
    }
    return all.rewind();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
