package org.keywarden.conformance.timing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Reads the numbers in a file. One thread; what it reads is gone with the next file. */
final class Numbers {
  private static final int MOST_NUMBERS = 4_000;
  private static final int MOST_DIGITS = 18;
  private static final int MOST_BYTES = 32 * 1024;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST_BYTES);
  private final long[] values = new long[MOST_NUMBERS];
  private int count;

  void read(FileChannel file) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && file.read(buffer, buffer.position()) > 0) {
      continue;
    }
    buffer.flip();
    count = 0;
    int digits = 0;
    long value = 0;
    while (buffer.hasRemaining() && count < MOST_NUMBERS) {
      byte c = buffer.get();
      if (c >= '0' && c <= '9') {
        value = digits < MOST_DIGITS ? value * 10 + (c - '0') : value;
        digits++;
      } else if (digits > 0) {
        values[count++] = value;
        digits = 0;
        value = 0;
      }
    }
    if (digits > 0 && count < MOST_NUMBERS) {
      values[count++] = value;
    }
  }

  int count() {
    return count;
  }

  long value(int index) {
    return values[index];
  }

  long[] copy() {
    return Arrays.copyOf(values, count);
  }
}
