package org.keywarden.broker.plugin.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.plugin.sandbox.FileErrors;
import org.keywarden.proto.engine.v1.Choice;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.YamlMessages;

/** The user's file of enabled input methods, in the order of switching. */
public final class ChoiceFile {
  /** As the schema of the file has it. */
  private static final String ID = "[^\\s\\x00-\\x1f\\x7f]{1,257}";

  private static final String HEADER =
      """
      # The input methods to switch between, in this order. 'keywarden ime enable', 'disable' and 'order' write this
      # file; what you write here holds from the broker's next start, or from the next 'keywarden ime list' on.
      """;

  private final Path file;

  /**
   * @param configuration the user's directory for Keywarden
   */
  public ChoiceFile(Path configuration) {
    this.file = configuration.resolve("input-methods.yaml");
  }

  /** It cannot be used or written; the message says where and why. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  /** Returns the ids; none if there is no file. */
  List<String> read() throws Unusable {
    try {
      Choice.Builder choice = Choice.newBuilder();
      var ignored =
          YamlMessages.read(HeldFile.read(file, YamlMessages.MAX_BYTES), file.toString(), choice);
      return List.copyOf(choice.getEnabledList());
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (InvalidYaml e) {
      throw new Unusable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Unusable(FileErrors.words(e));
    }
  }

  /**
   * Enables, disables and puts first, all of it or nothing.
   *
   * @return what is enabled now, in order
   * @throws InputMethods.Refused if one that is meant is not enabled
   */
  public List<String> arrange(List<String> enable, List<String> disable, List<String> first)
      throws InputMethods.Refused, Unusable {
    Set<String> next = new LinkedHashSet<>(read());
    for (String each : enable) {
      if (!each.matches(ID)) {
        throw new InputMethods.Refused("no input method can be called so");
      }
      next.add(each);
    }
    for (String each : disable) {
      if (!next.remove(each)) {
        throw new InputMethods.Refused(each + " is not enabled");
      }
    }
    for (String each : first) {
      if (!next.contains(each)) {
        throw new InputMethods.Refused(each + " is not enabled");
      }
    }
    Set<String> ordered = new LinkedHashSet<>(first);
    ordered.addAll(next);
    write(List.copyOf(ordered));
    return List.copyOf(ordered);
  }

  /** Replaces what was there, all or nothing. */
  void write(List<String> enabled) throws Unusable {
    StringBuilder text = new StringBuilder(HEADER);
    text.append(enabled.isEmpty() ? "enabled: []\n" : "enabled:\n");
    for (String each : enabled) {
      text.append("  - \"").append(each.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"\n");
    }
    try {
      Files.createDirectories(file.getParent());
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Unusable(FileErrors.words(e));
    }
  }
}
