package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that outlives the broker by a moment and ends what is left of its sandboxes: what
 * bubblewrap had half made may not know yet with whom it is to end.
 */
final class Sweeper {
  private static final long PATIENCE_SECONDS = 2;

  /**
   * $1 the directory, $2 what matches its files. Waits for the end of its input, which nobody but
   * the broker can write to. What has not opened its files by then finds none and ends; the first
   * process of every other sandbox has one open for as long as it lives, as {@link Sandbox}'s
   * script sees to. A process that ends while all are looked at may leave one that began after the
   * look did, so the second look in a row must find none too. The directory goes last: to the next
   * broker it says that the work is not done.
   */
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      read -r _
      rm -f "$1"/*
      looks=100 none=0
      while [ $none -lt 2 ] && [ $looks -gt 0 ]; do
        looks=$((looks - 1)) none=$((none + 1))
        for each in $(find /proc/[0-9]*/fd -maxdepth 1 -lname "$2" -printf '%h\\n'); do
          none=0 each=${each#/proc/}
          kill -KILL "${each%/fd}"
        done
        [ $none -gt 0 ] || sleep 0.02
      done
      rmdir "$1"
      """;

  private final Process process;

  private Sweeper(Process process) {
    this.process = process;
  }

  /**
   * Starts it. Nobody but it touches the directory once the broker is gone.
   *
   * @param directory this broker's alone, with files that only its sandboxes have open
   */
  static Sweeper start(Path directory) throws IOException {
    return new Sweeper(Companion.start(command(directory)));
  }

  static List<String> command(Path directory) throws IOException {
    String real = directory.toRealPath().toString();
    return List.of("/bin/sh", "-c", SCRIPT, "keywarden-sweeper", real, literally(real) + "/*");
  }

  /** As a pattern, glob(7). */
  private static String literally(String path) {
    return path.replaceAll("[\\[\\]*?\\\\]", "\\\\$0");
  }

  /** Lets it do its work now, and waits for its end for a while. */
  void sweep() {
    try {
      process.getOutputStream().close();
      boolean ignored = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException gone) {
      // Killed by somebody else; the next broker looks at what is left.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
