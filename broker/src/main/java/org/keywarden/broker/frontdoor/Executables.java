package org.keywarden.broker.frontdoor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells which program a process runs: the kernel's word, {@code /proc/PID/exe} (proc(5)). */
public final class Executables {
  private final Path proc;

  /**
   * @param proc where proc is mounted
   */
  public Executables(Path proc) {
    this.proc = proc;
  }

  /**
   * The program's path.
   *
   * @param pid of the peer of a connection just made: later it may be another process's
   * @return empty if the process is gone or hidden
   */
  public String of(long pid) {
    try {
      return Files.readSymbolicLink(proc.resolve(Long.toString(pid)).resolve("exe")).toString();
    } catch (IOException | SecurityException unknown) {
      return "";
    }
  }
}
