package org.keywarden.broker.plugin.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;

/**
 * Starts processes, in a sandbox or plainly. Each ends when the thread that started it does, so
 * that thread must live as long as the broker.
 */
public final class Processes implements ProcessStarter {
  private static final long LOG_BYTES = 256 * 1024;

  private final Preparation preparation;
  private final Optional<ControlGroups> groups;
  private final Executor starter;
  private final Executor seatThread;
  private final AtomicLong numbers = new AtomicLong();
  private final Freezer freezer;
  private final ExecutorService freezing = thread("freezer");
  private final ExecutorService ending = thread("end of processes");
  private final ExecutorService watching = thread("channel watch");

  /**
   * @param starter one thread that lives as long as the broker; starting blocks it for some ms
   * @param seatThread where listeners are told
   */
  Processes(Preparation preparation, Executor starter, Executor seatThread) {
    this(preparation, Optional.empty(), starter, seatThread);
  }

  /**
   * @param groups where each process gets a control group, if there are any
   */
  Processes(
      Preparation preparation,
      Optional<ControlGroups> groups,
      Executor starter,
      Executor seatThread) {
    this.groups = groups;
    this.preparation = preparation;
    this.starter = starter;
    this.seatThread = seatThread;
    this.freezer = new Freezer(preparation.wraps());
  }

  /** Plain child processes, without isolation. */
  public static ProcessStarter plain(Executor starter, Executor seatThread) {
    return new Processes(new PlainPreparation(), starter, seatThread);
  }

  /** Starts what was prepared, with nothing of the broker's surroundings. */
  static ProcessBuilder builder(Preparation.Prepared prepared) {
    ProcessBuilder builder = new ProcessBuilder(prepared.command());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    return builder.directory(Path.of("/").toFile());
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  @Override
  public Running start(Launch launch, Listener listener) {
    Instance instance = new Instance(launch, listener);
    starter.execute(instance::launch);
    return instance;
  }

  private final class Instance implements Running {
    private final Launch launch;
    private final Listener listener;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Set before the process begins. */
    private volatile ControlGroups.@Nullable Group group;

    /** Its programs as they were found; set before the process begins. */
    private volatile List<Path> programs = List.of();

    /** On the watch's thread. */
    private final Inspection inspection;

    // Set on the seat's thread, read on any.
    private volatile @Nullable Identity identity;
    private volatile boolean ended;

    // On the seat's thread.
    private @Nullable Process process;
    private boolean released;
    private boolean frozen;
    private boolean killed;

    Instance(Launch launch, Listener listener) {
      this.launch = launch;
      this.listener = listener;
      this.inspection = new Inspection(launch.confinement());
    }

    /** On the starter's thread. */
    void launch() {
      Preparation.Prepared prepared;
      Process begun;
      try {
        prepared = preparation.prepare(launch, numbers.incrementAndGet());
        programs = prepared.programs();
        begun = builder(prepared).start();
      } catch (IOException e) {
        tell(() -> finish("it cannot be started: " + e.getMessage()));
        return;
      }
      log(begun.getErrorStream());
      tell(() -> process = begun);
      begun.onExit().thenRun(() -> exited(begun, prepared));
      try {
        // Not closed: what bubblewrap reports later goes nowhere, but must have somewhere to go.
        BufferedReader report = begun.inputReader(StandardCharsets.UTF_8);
        Identity known = preparation.identify(begun.pid(), report);
        // They are open by now, and what reads them needs no names.
        delete(prepared.files());
        group = grouped(known);
        tell(() -> identified(known));
      } catch (IOException e) {
        // It ended instead; its exit says so.
        begun.destroyForcibly();
      }
    }

    private ControlGroups.@Nullable Group grouped(Identity known) {
      try {
        return groups.isEmpty()
            ? null
            : groups.get().enter(known.pid(), launch.confinement().limits());
      } catch (IOException refused) {
        // Its limits hold for each process of it, and it is stopped by signals.
        return null;
      }
    }

    private boolean stop(Identity known) {
      ControlGroups.Group own = group;
      try {
        return own == null ? freezer.freeze(known) : own.freeze();
      } catch (IOException refused) {
        return freezer.freeze(known);
      }
    }

    private void proceed(Identity known) {
      ControlGroups.Group own = group;
      try {
        if (own != null) {
          own.thaw();
        }
      } catch (IOException gone) {
        // So are the processes, or they were stopped by signals.
        freezer.thaw(known);
      }
      if (own == null) {
        freezer.thaw(known);
      }
    }

    private void log(InputStream output) {
      BoundedLog log = new BoundedLog(launch.output(), LOG_BYTES);
      Thread.ofPlatform()
          .daemon()
          .name("output of " + launch.label())
          .stackSize(128 * 1024)
          .start(() -> log.drain(output));
    }

    private void identified(Identity known) {
      identity = known;
      if (killed || ended) {
        kill();
        return;
      }
      listener.started(known);
      if (!frozen) {
        release();
      }
    }

    /** Lets the process begin its own command. */
    private void release() {
      released = true;
      Process begun = process;
      try {
        if (begun != null) {
          begun.getOutputStream().write(preparation.release());
          begun.getOutputStream().close();
        }
      } catch (IOException gone) {
        // It ended; its exit says so.
        kill();
      }
    }

    private void exited(Process begun, Preparation.Prepared prepared) {
      ControlGroups.Group own = group;
      if (own != null) {
        watching.execute(own::remove);
      }
      watching.execute(inspection::close);
      delete(prepared.files());
      delete(prepared.shown());
      tell(
          () -> {
            // A sandbox whose outer process was killed while it was set up does not notice.
            kill();
            if (identity == null) {
              watching.execute(() -> killReaders(prepared.files()));
            }
            finish("it ended with status " + begun.exitValue() + "; see " + launch.output());
          });
    }

    private static void delete(List<Path> files) {
      for (Path file : files) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException left) {
          // The next broker empties the directory.
          continue;
        }
      }
    }

    private void finish(String how) {
      if (!ended) {
        ended = true;
        listener.ended(how);
      }
    }

    private void tell(Runnable what) {
      try {
        seatThread.execute(what);
      } catch (RejectedExecutionException stopped) {
        // The broker is ending, and its processes with it.
        kill();
      }
    }

    @Override
    public Optional<Identity> identity() {
      return Optional.ofNullable(identity);
    }

    @Override
    public boolean owns(long pid) {
      Identity known = identity;
      return !ended && known != null && preparation.owns(known, pid);
    }

    @Override
    public void freeze(Consumer<Boolean> done) {
      frozen = true;
      Identity known = identity;
      if (known == null || !released) {
        // It waits for release.
        tell(() -> done.accept(true));
        return;
      }
      freezing.execute(
          () -> {
            boolean still = stop(known);
            tell(() -> done.accept(still));
          });
    }

    @Override
    public void inspect(Consumer<Finding> violation) {
      Identity known = identity;
      // A look that waits sees what one asked for now would see.
      if (known != null && released && preparation.wraps() && looking.compareAndSet(false, true)) {
        watching.execute(
            () -> {
              looking.set(false);
              inspection
                  .look(known, programs)
                  .ifPresent(found -> tell(() -> violation.accept(found)));
            });
      }
    }

    @Override
    public void thaw() {
      frozen = false;
      Identity known = identity;
      if (known != null && !released) {
        release();
      } else if (known != null) {
        freezing.execute(() -> proceed(known));
      }
    }

    @Override
    public void kill() {
      killed = true;
      Identity known = identity;
      Process begun = process;
      if (known != null || begun != null) {
        ending.execute(() -> end(known, begun));
      }
    }

    private void end(@Nullable Identity known, @Nullable Process begun) {
      if (known != null) {
        if (isStill(known)) {
          // The first process of a pid namespace takes all others of it along; bubblewrap outside
          // waits for that, unless it or one of the others dies before.
          ProcessHandle.of(known.pid())
              .ifPresent(preparation.wraps() ? ProcessHandle::destroyForcibly : Instance::killTree);
        }
      } else if (begun != null) {
        killTree(begun.toHandle());
      }
    }

    /** Ends what was begun and never reported: it still has open what was written for it alone. */
    private static void killReaders(List<Path> files) {
      Set<String> names =
          files.stream()
              .flatMap(file -> Stream.of(file.toString(), file + " (deleted)"))
              .collect(Collectors.toSet());
      ProcessHandle.allProcesses()
          .filter(process -> ProcFiles.holds(process.pid(), names::contains))
          .forEach(ProcessHandle::destroyForcibly);
    }

    private static void killTree(ProcessHandle handle) {
      handle.descendants().forEach(ProcessHandle::destroyForcibly);
      handle.destroyForcibly();
    }

    private static boolean isStill(Identity known) {
      try {
        return ProcFiles.startTime(known.pid()) == known.startTime();
      } catch (IOException gone) {
        return false;
      }
    }
  }
}
