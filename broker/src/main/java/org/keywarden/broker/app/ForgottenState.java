package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.files.TreeCopy;
import org.keywarden.broker.files.TreeRemoval;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.StateCopy;

/** A copy of a plugin's state in the runtime directory. */
final class ForgottenState implements StateCopy {
  private static final int MOST_FILES = 10_000;
  private static final int DEPTH = 32;

  private final Path original;
  private final Path within;
  private final Path copy;
  private final TreeCopy.Bounds bounds;
  private final int uid;
  private final Executor worker;
  private final Executor seatThread;

  /**
   * @param within a directory of the broker's
   * @param name of what is not there
   * @param worker copies and removes; one thread
   */
  ForgottenState(
      PluginManifest manifest,
      Path original,
      Path within,
      String name,
      int uid,
      Executor worker,
      Executor seatThread) {
    this.original = original;
    this.within = within;
    this.copy = within.resolve(name);
    this.bounds = new TreeCopy.Bounds(MOST_FILES, manifest.limits().stateBytes(), DEPTH);
    this.uid = uid;
    this.worker = worker;
    this.seatThread = seatThread;
  }

  @Override
  public Path directory() {
    return copy;
  }

  @Override
  public void make(Consumer<Boolean> done) {
    worker.execute(
        () -> {
          boolean there = isMade();
          seatThread.execute(() -> done.accept(there));
        });
  }

  private boolean isMade() {
    try {
      Directories.makePrivate(copy, uid);
      try (HeldFile from = HeldFile.at(original.toRealPath());
          HeldFile to = HeldFile.at(copy.toRealPath())) {
        TreeCopy.copy(from, to, bounds);
      }
      own();
      return true;
    } catch (IOException e) {
      Console.errors().line("what an engine has learnt cannot be copied: " + e.getMessage());
      return false;
    }
  }

  /** The broker of root runs plugins as another user, whose the original is. */
  private void own() throws IOException {
    Object owner = Files.getAttribute(original, "unix:uid");
    if (owner.equals(uid)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> paths = Files.walk(copy)) {
      all = paths.toList();
    }
    for (Path each : all) {
      Files.setAttribute(each, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(each, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
    }
  }

  @Override
  public void remove(Runnable done) {
    worker.execute(
        () -> {
          try (HeldFile held = HeldFile.at(within.toRealPath())) {
            if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
              TreeRemoval.remove(held, copy.getFileName());
            }
          } catch (IOException e) {
            Console.errors().line("what an engine was to forget is left: " + e.getMessage());
          }
          seatThread.execute(done);
        });
  }
}
