package org.keywarden.trusted;

import java.nio.file.Files;
import java.nio.file.Path;
import org.keywarden.hardening.ProcessSeal;
import org.keywarden.trusted.xkb.XkbSequences;

/** A child's main: runs the keyboard, then prints what the kernel says of the process. */
final class SealProbe {
  private SealProbe() {}

  public static void main(String[] args) throws Exception {
    ProcessSeal seal = ProcessSeal.ofThisProcess();
    System.out.println("before " + seal.missing());
    int status =
        TrustedKeyboard.run(System.getenv(), XkbSequences.LIBRARY, seal::apply, System.err);
    System.out.println("after " + seal.missing());
    System.out.println("status " + status);
    System.out.println(line("limits", "Max core file size"));
    long ignored = Long.parseUnsignedLong(line("status", "SigIgn:").split(" ")[1], 16);
    System.out.println("SIGQUIT ignored " + ((ignored >> 2 & 1) == 1));
  }

  private static String line(String file, String start) throws Exception {
    return Files.readAllLines(Path.of("/proc/self", file)).stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow()
        .replaceAll("\\s+", " ")
        .strip();
  }
}
