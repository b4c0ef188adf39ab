package org.keywarden.broker.frontdoor.wayland;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.look.Looks;
import org.keywarden.wayland.socket.Descriptors;

/**
 * Reads the keymaps that a compositor sends, beside the seat's thread: a descriptor may be of
 * anything, and a keymap may take long to understand.
 */
final class KeymapReader {
  /** Bytes; those of libxkbcommon's own layouts have 30 to 70 thousand. */
  static final int LONGEST = 1 << 20;

  /** How long one is waited for, in ns. */
  private static final long PATIENCE = 100_000_000;

  private static final int FORMAT_XKB_V1 = 1;

  private final Libxkbcommon library;
  private final Looks looks;
  private final Timers timers;

  /**
   * A keymap that was read.
   *
   * @param keymap empty if its text is the one known already
   * @param descriptor of whoever is told, to be closed
   */
  record Read(byte[] text, Optional<Keymap> keymap, int descriptor) {
    /** Nobody wants it. */
    void close() {
      keymap.ifPresent(Keymap::close);
      Descriptors.close(descriptor);
    }
  }

  KeymapReader(Libxkbcommon library, Looks looks, Timers timers) {
    this.library = library;
    this.looks = looks;
    this.timers = timers;
  }

  /** Has everything loaded that reading takes; on any thread. */
  static void warm(Libxkbcommon library) {
    Keymap.of(library, "xkb_keymap {};".getBytes(StandardCharsets.US_ASCII))
        .ifPresent(Keymap::close);
  }

  /**
   * Reads one, and closes its descriptor if it is none.
   *
   * @param known the text that needs no reading
   * @param then told here or later: empty if it is none, or does not come in time; what comes too
   *     late is told all the same
   */
  void read(int format, int descriptor, int size, byte[] known, Consumer<Optional<Read>> then) {
    if (format != FORMAT_XKB_V1 || size <= 0 || size > LONGEST) {
      Descriptors.close(descriptor);
      then.accept(Optional.empty());
      return;
    }
    Timers.Pending late = timers.after(PATIENCE, () -> then.accept(Optional.empty()));
    looks.begin(
        late,
        () -> {
          Optional<Read> read = read(descriptor, size, known);
          return () -> {
            late.cancel();
            then.accept(read);
          };
        });
  }

  private Optional<Read> read(int descriptor, int size, byte[] known) {
    try {
      byte[] text = Descriptors.read(descriptor, size);
      if (Arrays.equals(text, known)) {
        return Optional.of(new Read(text, Optional.empty(), descriptor));
      }
      Optional<Keymap> keymap = Keymap.of(library, text);
      if (keymap.isPresent()) {
        return Optional.of(new Read(text, keymap, descriptor));
      }
    } catch (IOException noFile) {
      // Is closed as one that is no keymap.
    }
    Descriptors.close(descriptor);
    return Optional.empty();
  }
}
