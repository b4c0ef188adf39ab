package org.keywarden.wayland.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What can be done with a descriptor that somebody else has sent. */
public final class Descriptors {
  private Descriptors() {}

  public static void close(int descriptor) {
    CLibrary.close(descriptor);
  }

  /**
   * Reads a file from its beginning. It is not mapped: whoever has sent it could cut it off
   * meanwhile. May wait for as long as the file's system likes.
   *
   * @param length in bytes
   * @throws IOException if it is no file, or a shorter one
   */
  public static byte[] read(int descriptor, int length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(length);
      long read = 0;
      while (read < length) {
        long count = CLibrary.pread(descriptor, into.asSlice(read), length - read, read);
        if (count <= 0) {
          throw new IOException("the descriptor is no file of " + length + " bytes");
        }
        read += count;
      }
      return into.toArray(JAVA_BYTE);
    }
  }
}
