package org.keywarden.benchmarks.path;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** One process of {@link BareHops}: sends each byte back, or through the next one and back. */
public final class Hop {
  private Hop() {}

  /**
   * @param arguments where to listen, and for a relay where the next one listens
   */
  public static void main(String[] arguments) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
      while (true) {
        try (SocketChannel from = server.accept()) {
          if (arguments.length > 1) {
            try (SocketChannel next =
                SocketChannel.open(UnixDomainSocketAddress.of(Path.of(arguments[1])))) {
              serve(from, next);
            }
          } else {
            serve(from, null);
          }
        }
      }
    }
  }

  private static void serve(
      SocketChannel from, @org.jspecify.annotations.Nullable SocketChannel next)
      throws IOException {
    ByteBuffer one = ByteBuffer.allocateDirect(1);
    while (true) {
      one.clear();
      if (from.read(one) < 0) {
        return;
      }
      if (next != null) {
        move(next, one, next);
      }
      one.flip();
      int ignored = from.write(one);
    }
  }

  /** Writes a byte and reads one. */
  static void move(SocketChannel to, ByteBuffer one, SocketChannel from) throws IOException {
    one.clear();
    int ignored = to.write(one);
    one.clear();
    if (from.read(one) < 0) {
      throw new EOFException("the next hop ended");
    }
  }
}
