package org.keywarden.conformance.puppet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntConsumer;

/**
 * What any instance of a puppet was shown, kept where its death does not take it along. There is
 * one if the kit made the file before the puppet started; such a puppet echoes.
 */
public final class Journal {
  /** In the state directory; keysyms of four bytes, big-endian. */
  public static final String FILE = "journal";

  private Journal() {}

  static IntConsumer below(Path state) throws IOException {
    Path file = state.resolve(FILE);
    if (!Files.exists(file)) {
      return keysym -> {};
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND);
    return keysym -> append(channel, keysym);
  }

  private static void append(FileChannel channel, int keysym) {
    try {
      channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(keysym).flip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
