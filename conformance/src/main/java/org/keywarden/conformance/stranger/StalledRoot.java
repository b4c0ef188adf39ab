package org.keywarden.conformance.stranger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.client.bus.BusLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.conformance.probe.Mounts;

/**
 * A program with a terminal of its own whose root directory lies on a FUSE mount: it says what is
 * above the terminal's directory, and never anything of what lies in it, so that whoever looks for
 * the terminal there waits until this process ends. Runs as root of its own user and mount
 * namespace. Without {@code /dev/fuse} the root is an empty directory.
 *
 * <p>The messages are those of linux/fuse.h (fuse(4)).
 */
final class StalledRoot {
  /** Always there; this namespace's own is mounted over it. */
  private static final Path PLACE = Path.of("/dev/shm");

  private static final int LOOKUP = 1;
  private static final int FORGET = 2;
  private static final int GETATTR = 3;
  private static final int INIT = 26;
  private static final int BATCH_FORGET = 42;

  private static final long ROOT = 1;
  private static final long DEV = 2;
  private static final long PTS = 3;

  private static final int HEADER_BYTES = 40;
  private static final int REQUEST_BYTES = 1 << 17;
  private static final int ANSWER_BYTES = 256;
  private static final int ENOENT = 2;
  private static final int ENOSYS = 38;
  private static final long FOREVER = 1 << 30;
  private static final int DIRECTORY = 0_040_755;
  private static final int PAGE = 4_096;
  private static final int INIT_REST = 28;

  private static final int TERMINAL = 10;
  private static final int AT_ONCE = 100;

  private final long device;

  private StalledRoot(long device) {
    this.device = device;
  }

  /**
   * Connects, moves its root there, takes the focus as a terminal and types.
   *
   * @return the connections
   */
  static List<BusLine> typing(Path door, int connections, int keys) throws IOException {
    // Whatever code this needs is loaded before nothing can be any more.
    List<BusLine> lines = DoorFloods.greeted(door, connections);
    String context = IbusCalls.context(lines.getFirst(), "gtk3-im:gnome-terminal");
    lines.getFirst().call(IbusCalls.type(context, TERMINAL, 0));
    type(lines.getFirst(), context, 1);
    moveRoot();
    lines.getFirst().call(IbusCalls.on(context, "FocusIn"));
    for (int sent = 0; sent < keys && !Time.over(); sent += AT_ONCE) {
      type(lines.getFirst(), context, AT_ONCE);
    }
    lines.getFirst().call(IbusCalls.on(context, "FocusOut"));
    return lines;
  }

  private static void type(BusLine line, String context, int keys) throws IOException {
    for (int i = 0; i < keys; i++) {
      line.send(IbusCalls.key(context, 'a'));
    }
  }

  private static void moveRoot() {
    Mounts.mount("tmpfs", PLACE, "tmpfs", "");
    Path terminals = Mounts.directory(PLACE.resolve("pts"));
    Path root = Mounts.directory(PLACE.resolve("root"));
    Mounts.mount("devpts", terminals, "devpts", "newinstance,ptmxmode=0666");
    Mounts.openToWrite(terminals.resolve("ptmx"));
    long device = Mounts.device(Path.of("/dev/fuse"));
    if (device >= 0) {
      Mounts.mount(
          "stalled", root, "fuse", "fd=" + device + ",rootmode=40000,user_id=0,group_id=0");
      Thread.ofPlatform().daemon().start(new StalledRoot(device)::serve);
    }
    Mounts.changeRoot(root);
    if (device >= 0) {
      Mounts.look(Path.of("/dev/pts"));
    }
  }

  private void serve() {
    while (true) {
      ByteBuffer request = Mounts.read(device, REQUEST_BYTES).order(ByteOrder.nativeOrder());
      if (request.limit() < HEADER_BYTES) {
        return;
      }
      answer(request);
    }
  }

  private void answer(ByteBuffer request) {
    int opcode = request.getInt(4);
    long unique = request.getLong(8);
    long node = request.getLong(16);
    ByteBuffer body = ByteBuffer.allocate(ANSWER_BYTES).order(ByteOrder.nativeOrder());
    switch (opcode) {
      case INIT -> send(unique, 0, version(body));
      case GETATTR -> send(unique, 0, attributes(body.putLong(FOREVER).putLong(0), node));
      case LOOKUP -> {
        long found = found(node, name(request));
        if (found != 0) {
          body.putLong(found).putLong(0).putLong(FOREVER).putLong(FOREVER).putLong(0);
          send(unique, 0, attributes(body, found));
        } else if (node != PTS) {
          send(unique, ENOENT, body);
        }
      }
      case FORGET, BATCH_FORGET -> {}
      default -> send(unique, ENOSYS, body);
    }
  }

  private static String name(ByteBuffer request) {
    int bytes = request.limit() - HEADER_BYTES - 1;
    return new String(
        request.array(), HEADER_BYTES, Math.max(0, bytes), StandardCharsets.ISO_8859_1);
  }

  /** 0 for nothing. */
  private static long found(long node, String name) {
    if (node == ROOT && name.equals("dev")) {
      return DEV;
    }
    return node == DEV && name.equals("pts") ? PTS : 0;
  }

  /** Version 7.31; nothing is read ahead, and no write is larger than a page. */
  private static ByteBuffer version(ByteBuffer to) {
    to.putInt(7).putInt(31).putInt(0).putInt(0).putShort((short) 12).putShort((short) 9);
    to.putInt(PAGE).putInt(1).putShort((short) 1).putShort((short) 0).putInt(0);
    return to.put(new byte[INIT_REST]);
  }

  /** {@code struct fuse_attr} of a directory. */
  private static ByteBuffer attributes(ByteBuffer to, long node) {
    to.putLong(node).put(new byte[5 * Long.BYTES]).put(new byte[3 * Integer.BYTES]);
    return to.putInt(DIRECTORY).putInt(2).putInt(0).putInt(0).putInt(0).putInt(PAGE).putInt(0);
  }

  private void send(long unique, int error, ByteBuffer body) {
    int bytes = 2 * Integer.BYTES + Long.BYTES + body.position();
    ByteBuffer answer = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    answer.putInt(bytes).putInt(-error).putLong(unique).put(body.flip());
    Mounts.write(device, answer.array());
  }
}
