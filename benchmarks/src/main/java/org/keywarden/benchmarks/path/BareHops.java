package org.keywarden.benchmarks.path;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What four hops between three processes cost with nothing in them: a byte goes to a relay, on to
 * an echo, and back. Blocking sockets, no protocol.
 */
final class BareHops implements Contender {
  private final Children children;
  private final Path socket;

  private BareHops(Children children, Path socket) {
    this.children = children;
    this.socket = socket;
  }

  /**
   * @param java the JVM to run the two processes with
   */
  static BareHops start(Path java, String classPath) throws IOException {
    Path directory = Files.createTempDirectory("kwh");
    Children children = new Children(directory, Map.of());
    Path echo = directory.resolve("echo");
    Path relay = directory.resolve("relay");
    List<String> jvm = List.of(java.toString(), "-XX:+UseSerialGC", "-Xmx32m", "-cp", classPath);
    children.start(command(jvm, echo.toString()));
    children.await("the echo", () -> Files.exists(echo));
    children.start(command(jvm, relay.toString(), echo.toString()));
    children.await("the relay", () -> Files.exists(relay));
    return new BareHops(children, relay);
  }

  private static String[] command(List<String> jvm, String... arguments) {
    List<String> all = new java.util.ArrayList<>(jvm);
    all.add(Hop.class.getName());
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  @Override
  public String name() {
    return "four bare socket hops";
  }

  @Override
  public Typing typing() throws IOException {
    return new Bytes(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  private record Bytes(SocketChannel channel) implements Typing {
    @Override
    public double[] type(int events, long gap) throws IOException {
      double[] took = new double[events];
      ByteBuffer one = ByteBuffer.allocateDirect(1);
      for (int i = 0; i < events; i++) {
        if (gap > 0) {
          LockSupport.parkNanos(gap);
        }
        long start = System.nanoTime();
        Hop.move(channel, one, channel);
        took[i] = System.nanoTime() - start;
      }
      return took;
    }

    @Override
    public long composed() {
      return Long.MAX_VALUE;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Override
  public List<Long> processes() {
    return children.pids();
  }

  @Override
  public void close() throws IOException {
    children.close();
  }
}
