package org.keywarden.conformance.probe;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.keywarden.conformance.probe.Probe.Seen;

/** Ways to take what others need. */
final class ExhaustionProbes {
  private static final String LIMIT = "resource limit";
  private static final long PROCESS_LIMIT = 128;

  private ExhaustionProbes() {}

  static List<Probe> all() {
    return List.of(
        Probe.of("fill the disk", LIMIT, ExhaustionProbes::largeFile),
        Probe.of(
            "memory bomb",
            LIMIT,
            around -> {
              long size = 1L << 30;
              long mapped = SystemCalls.call(9, 0, size, 3, 0x4022, -1, 0);
              SystemCalls.call(11, mapped, size);
              return Seen.of(mapped < 0 && mapped > -4096 ? mapped : 0);
            }),
        Probe.of("descriptor bomb", LIMIT, around -> descriptors()),
        Probe.of("process bomb", LIMIT, around -> threads()),
        Probe.of(
            "core file",
            LIMIT,
            around -> {
              String limit =
                  Files.readString(Path.of("/proc/self/limits"))
                      .lines()
                      .filter(line -> line.startsWith("Max core"))
                      .findFirst()
                      .orElse("");
              return Seen.of(!limit.matches(".* 0 +0 +bytes.*"), limit.replaceAll(" +", " "));
            }));
  }

  private static Seen largeFile(ProbeTargets around) throws IOException {
    Path file = around.state().resolve("large");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 30);
      return Seen.of(true, "1 GiB made");
    } catch (IOException refused) {
      return Seen.of(false, String.valueOf(refused.getMessage()));
    } finally {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file);
      }
    }
  }

  private static Seen descriptors() {
    List<Long> open = new ArrayList<>();
    long copied = 0;
    while (copied >= 0 && open.size() < 900) {
      copied = SystemCalls.call(32, 1);
      if (copied >= 0) {
        open.add(copied);
      }
    }
    open.forEach(SystemCalls::close);
    return Seen.of(copied >= 0, open.size() + " opened");
  }

  private static Seen threads() {
    CountDownLatch end = new CountDownLatch(1);
    int begun = 0;
    try {
      while (begun < 2 * PROCESS_LIMIT) {
        Thread.ofPlatform()
            .daemon()
            .stackSize(64 * 1024)
            .start(
                () -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        begun++;
      }
      return Seen.of(true, begun + " threads begun");
    } catch (OutOfMemoryError refused) {
      return Seen.of(false, "stopped at " + begun + " threads");
    } finally {
      end.countDown();
    }
  }
}
