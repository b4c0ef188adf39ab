package org.keywarden.cli.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.demo.Practice;

/**
 * Makes the files from which later starts of the broker, of the romaji input method and of the host
 * of engines take what the JVM would work out anew: ahead-of-time caches (JEP 514). Run once after
 * a build. A process started without the file, or with one that another JVM made, only starts
 * slower.
 */
public final class StartCache {
  private StartCache() {}

  /** Exit status: 0 made, 1 not made; standard error says why. */
  public static void main(String[] arguments) {
    try {
      make(BrokerLaunch.below(System.getProperty("keywarden.home")));
    } catch (IOException | Failure e) {
      System.err.println("keywarden: no start cache: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Lets a broker in directories of its own be typed into, and stops it: what it and its input
   * method did then is what later ones do fast.
   */
  static void make(BrokerLaunch launch) throws IOException {
    // Short, because a socket's path is 107 bytes at most (unix(7)).
    Path work = Files.createTempDirectory("kwc");
    Path cache = work.resolve("start.aot");
    Path home = launch.home();
    Rehearsal ime =
        new Rehearsal(
            launch.java(), launch.installation().plugins().resolve(Practice.IME), Practice.IME);
    HostRehearsal host = new HostRehearsal(launch);
    try {
      host.prepare(work.resolve("plugins"));
      Practice.with(
          home,
          work,
          arguments -> launch.training(cache, arguments),
          Rehearsal::recording,
          HostRehearsal.ID,
          ended -> Rehearsal.keep(work, ended));
      if (!Files.exists(cache)) {
        throw new IOException("the JVM wrote none");
      }
      Files.copy(cache, launch.startCache(), StandardCopyOption.REPLACE_EXISTING);
      ime.make(work);
      host.make(work);
    } finally {
      delete(work);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
