package org.keywarden.broker.plugin.installed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.plugin.sandbox.FileErrors;
import org.keywarden.hardening.Installation;
import org.keywarden.proto.plugin.v1.Runtime;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.YamlMessages;

/** What runs plugins that are scripts: a file for each language, in the installation. */
public final class Runtimes {
  private final Path directory;

  private Runtimes(Path directory) {
    this.directory = directory;
  }

  /**
   * Those of an installation.
   *
   * @param home where it is
   */
  public static Runtimes of(Path home) {
    return new Runtimes(new Installation(home).runtimes());
  }

  /**
   * A runtime that plugins can be started with.
   *
   * @param exec what stands before a plugin's own command
   * @param data what its plugins are shown
   */
  record Found(List<String> exec, List<Path> data) {
    Found {
      exec = List.copyOf(exec);
      data = List.copyOf(data);
    }

    /** Of a plugin that is a program. */
    static Found none() {
      return new Found(List.of(), List.of());
    }
  }

  /**
   * Reads a runtime.
   *
   * @param name letters and digits
   * @throws IOException if there is none, or it cannot be used; the message says why
   */
  Found named(String name) throws IOException {
    Path file = directory.resolve(name + ".yaml");
    if (!Files.isRegularFile(file)) {
      throw new IOException("this installation has no runtime " + name + " (" + file + ")");
    }
    Runtime.Builder read = Runtime.newBuilder();
    try {
      var ignored =
          YamlMessages.read(HeldFile.read(file, YamlMessages.MAX_BYTES), file.toString(), read);
    } catch (InvalidYaml e) {
      throw new IOException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException("the runtime " + name + ": " + FileErrors.words(e), e);
    }
    // What a sandbox shows is named without a link.
    Path own = directory.toRealPath().resolve(name);
    List<String> exec = read.getExecList().stream().map(each -> filled(each, own)).toList();
    Path program = Path.of(exec.getFirst());
    if (!program.startsWith("/usr") || !Files.isExecutable(program)) {
      throw new IOException(
          "the runtime " + name + " needs " + program + ", which is not there; install it");
    }
    return new Found(
        exec, read.getDataList().stream().map(each -> Path.of(filled(each, own))).toList());
  }

  private static String filled(String word, Path own) {
    return word.replace("${runtime}", own.toString());
  }
}
