package org.keywarden.cli.ime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begin an input method of your own. */
@Command(
    name = "new",
    description = "Begin an input method of your own: one that runs, with a test.",
    mixinStandardHelpOptions = true)
final class ImeNewCommand implements Callable<Integer> {
  /** The languages that there is an SDK for, and the files that a plugin begins with. */
  enum Language {
    JAVA,
    PYTHON,
    NODE;

    private List<String> files() {
      List<String> own =
          switch (this) {
            case JAVA -> List.of("Main.java", "MainCheck.java");
            case PYTHON -> List.of("ime.py", "test_ime.py");
            case NODE -> List.of("main.js", "main.test.js", "package.json");
          };
      return Stream.concat(Stream.of("manifest.yaml", "README.md"), own.stream()).toList();
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private Output output = new Output();

  @Option(
      names = "--language",
      required = true,
      paramLabel = "LANGUAGE",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Language language = Language.JAVA;

  @Parameters(paramLabel = "DIR", description = "A directory that is not there yet.")
  private Path directory = Path.of("");

  @Override
  public Integer call() {
    Path home = BrokerLaunch.below(System.getProperty("keywarden.home")).home();
    Path target = directory.toAbsolutePath().normalize();
    String name = nameOf(target);
    try {
      Files.createDirectories(Objects.requireNonNull(target.getParent(), "the root has a name"));
      Files.createDirectory(target);
      for (String file : language.files()) {
        Files.writeString(
            target.resolve(file),
            template(file)
                .replace("@ID@", "org.example." + name)
                .replace("@NAME@", name)
                .replace("@DIR@", target.toString())
                .replace("@HOME@", home.toString()));
      }
    } catch (IOException e) {
      throw new Failure(
          Exit.UNAVAILABLE, "cannot make " + target + ": " + e.getClass().getSimpleName());
    }
    output.println("Made " + target + "; its README.md says what to do next.");
    return 0;
  }

  private static String nameOf(Path target) {
    String name = String.valueOf(target.getFileName());
    if (!name.matches("[a-z][a-z0-9]{0,31}")) {
      throw new Failure(
          Exit.USAGE,
          name
              + " is no name for an input method: it takes small letters and digits, a letter first");
    }
    return name;
  }

  private String template(String file) {
    String resource = "new/" + language + "/" + file + ".txt";
    try (InputStream in = ImeNewCommand.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
