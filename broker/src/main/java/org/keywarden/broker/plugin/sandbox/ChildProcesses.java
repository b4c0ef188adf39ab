package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;

/**
 * Plain child processes: own environment and socket, no isolation. Each is killed by the kernel
 * when the thread that started it ends (PR_SET_PDEATHSIG, set through util-linux's setpriv), so
 * none outlives the broker; that thread must live as long as the broker does.
 */
public final class ChildProcesses implements ProcessStarter {
  private static final int MOST_GENERATIONS = 16;

  private final Executor seatThread;

  public ChildProcesses(Executor seatThread) {
    this.seatThread = seatThread;
  }

  @Override
  public Running start(Launch launch, Runnable onExit) throws IOException {
    List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
    command.addAll(launch.command());
    ProcessBuilder builder = new ProcessBuilder(command).directory(launch.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(launch.output().toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    process.onExit().whenCompleteAsync((ended, failure) -> onExit.run(), seatThread);
    return new Child(process);
  }

  private static final class Child implements Running {
    private final Process process;
    private final Identity identity;

    Child(Process process) throws IOException {
      this.process = process;
      long pid = process.pid();
      this.identity = new Identity(pid, stat(pid, 22), pidNamespace(pid));
    }

    @Override
    public Identity identity() {
      return identity;
    }

    @Override
    public boolean owns(long pid) {
      try {
        if (stat(identity.pid(), 22) != identity.startTime()) {
          return false;
        }
        long ancestor = pid;
        for (int i = 0; i < MOST_GENERATIONS && ancestor > 1; i++) {
          if (ancestor == identity.pid()) {
            return true;
          }
          ancestor = stat(ancestor, 4);
        }
      } catch (IOException gone) {
        return false;
      }
      return false;
    }

    @Override
    public void kill() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /**
   * A numeric field of {@code /proc/<pid>/stat}, numbered as in proc(5); the name in field 2 may
   * hold blanks and brackets.
   */
  private static long stat(long pid, int field) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(afterName[field - 3]);
  }

  private static long pidNamespace(long pid) throws IOException {
    Path link = Path.of("/proc", Long.toString(pid), "ns", "pid");
    return (Long) Files.getAttribute(link, "unix:ino", new LinkOption[0]);
  }
}
