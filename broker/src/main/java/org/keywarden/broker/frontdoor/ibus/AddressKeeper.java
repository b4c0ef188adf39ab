package org.keywarden.broker.frontdoor.ibus;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process that outlives the broker by a moment and empties the address files when the broker was
 * killed. Qt 5 loses every key it gives to a daemon that is dead, and takes it for alive as long as
 * the file names it.
 */
public final class AddressKeeper {
  /**
   * Waits for the end of its input, which nobody but the broker can write to. Looks into each file
   * and empties it through one descriptor, so that what a new broker has put in its place stays.
   */
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      line=$1
      shift
      read -r _
      for file do
        { grep -qxF -e "$line" <&3 && : >/proc/self/fd/3; } 3<"$file"
      done
      """;

  private AddressKeeper() {}

  /**
   * Starts it.
   *
   * @param files that name the address
   * @return its process; it ends when its input ends, with the broker at the latest
   */
  public static Process start(List<Path> files, String address) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("/bin/sh", "-c", SCRIPT, "keywarden-address", AddressFiles.line(address)));
    files.forEach(file -> command.add(file.toAbsolutePath().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LC_ALL", "C");
    return builder.start();
  }
}
