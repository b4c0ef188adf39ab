package org.keywarden.broker.frontdoor.ibus.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.keywarden.broker.files.HeldFile;

/**
 * The files in which clients of IBus look for its address (libibus, ibusshare.c): one for the X11
 * display, one for the Wayland display. A client reconnects when the address in its file changes.
 */
public final class AddressFiles {
  /** Of a file; what IBus itself writes has some hundred bytes. */
  private static final int LONGEST = 64 * 1024;

  private final List<Path> files;
  private final Daemons daemons;

  /** Knows whether a daemon that a file names is still there. */
  public interface Daemons {
    /**
     * @param pid whose process may have ended, and whose number may be another's by now
     * @param address in D-Bus's form, empty if the file has none
     */
    boolean serves(long pid, String address);
  }

  private AddressFiles(List<Path> files, Daemons daemons) {
    this.files = List.copyOf(files);
    this.daemons = daemons;
  }

  /**
   * The files of a session.
   *
   * @param environment of the session
   * @param machineId content of the machine id's file, empty if there is none
   * @param daemons knows whether another daemon is still there
   * @throws IOException if the session has no display; the message says what to do
   */
  public static AddressFiles of(Map<String, String> environment, String machineId, Daemons daemons)
      throws IOException {
    String given = environment.getOrDefault("IBUS_ADDRESS_FILE", "");
    if (!given.isEmpty()) {
      return new AddressFiles(List.of(Path.of(given)), daemons);
    }
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path base =
        config.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".config")
            : Path.of(config);
    String start = (machineId.isBlank() ? "machine-id" : machineId.strip()) + "-";
    List<Path> files = new ArrayList<>();
    for (String display : displays(environment)) {
      files.add(base.resolve("ibus").resolve("bus").resolve(start + display));
    }
    if (files.isEmpty()) {
      throw new IOException(
          "neither DISPLAY nor WAYLAND_DISPLAY is set, so no application can be served through"
              + " IBus; start within a graphical session");
    }
    return new AddressFiles(files, daemons);
  }

  private static List<String> displays(Map<String, String> environment) {
    List<String> displays = new ArrayList<>();
    String x11 = environment.getOrDefault("DISPLAY", "");
    if (!x11.isEmpty()) {
      int colon = x11.indexOf(':');
      String host = colon <= 0 ? "unix" : x11.substring(0, colon);
      String number = x11.substring(colon + 1);
      int dot = number.indexOf('.');
      displays.add(host + "-" + (dot < 0 ? number : number.substring(0, dot)));
    }
    String wayland = environment.getOrDefault("WAYLAND_DISPLAY", "");
    if (!wayland.isEmpty()) {
      displays.add("unix-" + wayland.substring(wayland.lastIndexOf('/') + 1));
    }
    return displays;
  }

  /** Where the address is written. */
  public List<Path> paths() {
    return files;
  }

  /**
   * Writes the address into every file, each at once.
   *
   * @param pid the broker's own
   * @throws IOException if a file cannot be written; the message says what to do
   */
  public void write(String address, long pid) throws IOException {
    String content =
        "# Written by Keywarden.\n" + line(address) + "\nIBUS_DAEMON_PID=" + pid + "\n";
    for (Path file : files) {
      try {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
          Files.createDirectories(
              directory,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new IOException(
            "cannot write "
                + file
                + " ("
                + e
                + "), where applications look for IBus; make it"
                + " writable, or set XDG_CONFIG_HOME",
            e);
      }
    }
  }

  /** Whether every file names this address. */
  public boolean allName(String address) throws IOException {
    for (Path file : files) {
      if (content(file).lines().noneMatch(line(address)::equals)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Which other daemon a file names, if it is still there.
   *
   * @param pid the broker's own
   */
  public OptionalLong rival(long pid) throws IOException {
    for (Path file : files) {
      String content = content(file);
      String number = value(content, "IBUS_DAEMON_PID=");
      long other = number.matches("[0-9]{1,18}") ? Long.parseLong(number) : pid;
      if (other != pid && daemons.serves(other, value(content, "IBUS_ADDRESS="))) {
        return OptionalLong.of(other);
      }
    }
    return OptionalLong.empty();
  }

  private static String content(Path file) throws IOException {
    try {
      return new String(HeldFile.read(file.toAbsolutePath(), LONGEST), StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return "";
    } catch (IOException unreadable) {
      throw new IOException("cannot read " + file + " (" + unreadable + ")", unreadable);
    }
  }

  private static String value(String content, String name) {
    return content
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElse("");
  }

  /**
   * Empties the files that still hold this address. A file that is gone is not watched any more by
   * Qt, which would not find the next broker; one that stays is.
   */
  public void withdraw(String address) throws IOException {
    for (Path file : files) {
      try (HeldFile held = HeldFile.follow(file.toAbsolutePath())) {
        // Checked and emptied as what is held: what another broker put in its place stays.
        String content = new String(held.content(LONGEST), StandardCharsets.UTF_8);
        if (content.lines().anyMatch(line(address)::equals)) {
          try (FileChannel channel = FileChannel.open(held.path(), StandardOpenOption.WRITE)) {
            channel.truncate(0);
          }
        }
      } catch (NoSuchFileException gone) {
        continue;
      }
    }
  }

  /** The line by which a file names this address. */
  static String line(String address) {
    return "IBUS_ADDRESS=" + address;
  }
}
