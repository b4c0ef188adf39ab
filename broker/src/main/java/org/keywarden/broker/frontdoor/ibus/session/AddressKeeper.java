package org.keywarden.broker.frontdoor.ibus.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
   * What to run. It ends when its input ends, with the broker at the latest.
   *
   * @param files that name the address
   */
  public static List<String> command(List<Path> files, String address) {
    List<String> command =
        new ArrayList<>(
            List.of("/bin/sh", "-c", SCRIPT, "keywarden-address", AddressFiles.line(address)));
    files.forEach(file -> command.add(file.toAbsolutePath().toString()));
    return command;
  }
}
