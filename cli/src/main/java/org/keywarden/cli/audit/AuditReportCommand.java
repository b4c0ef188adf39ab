package org.keywarden.cli.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.audit.store.LogSource;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Text;
import org.keywarden.cli.report.Report;
import org.keywarden.proto.audit.v1.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One page of HTML that tells what the log says. */
@Command(
    name = "report",
    description =
        "Verify the log and write one page of HTML that tells what it says: who had the keys when,"
            + " totals, refusals, and what was proved. The page needs no network. Exits with 1 if"
            + " the log does not hold; the page is written all the same.",
    mixinStandardHelpOptions = true)
final class AuditReportCommand implements Callable<Integer> {
  private static final long MILLIS = 1_000;
  private static final String STANDARD_OUTPUT = "-";

  @Spec private @Nullable CommandSpec spec;
  @Mixin private AuditLog log = new AuditLog();
  @Mixin private KnownLog known = new KnownLog();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "Where to write it, in place of a file of that name; - for standard output (default:"
              + " ${DEFAULT-VALUE}).")
  private String out = "keywarden-audit.html";

  @Option(
      names = "--reveal",
      description =
          "Name applications with the owner's key. Whoever gets the page then knows which ones are"
              + " used.")
  private boolean reveal;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "Write it as if made at this time, such as 2026-07-14T10:00:00Z: the same log then gives"
              + " the same bytes.")
  private @Nullable String time;

  @Override
  public Integer call() throws IOException {
    LogSource files = log.files();
    Report.Request request = new Report.Request(known.read(), made(), names());
    var line = Objects.requireNonNull(spec).commandLine();
    Report.Made made = new Report(files).make(request, Progress.on(line, files));
    if (out.equals(STANDARD_OUTPUT)) {
      line.getOut().print(made.page());
      line.getOut().flush();
      return made.holds() ? 0 : Exit.FAILED;
    }
    Path file = Path.of(out).toAbsolutePath();
    write(file, made.page().getBytes(StandardCharsets.UTF_8));
    PrintWriter told = line.getOut();
    told.println(
        Text.visible(
            (made.holds() ? "The log holds. " : "The log does NOT hold. ")
                + "Wrote "
                + file
                + "; open it in a browser."));
    told.flush();
    return made.holds() ? 0 : Exit.FAILED;
  }

  private long made() {
    String given = time;
    if (given == null) {
      return System.currentTimeMillis() / MILLIS;
    }
    try {
      return Instant.parse(given).getEpochSecond();
    } catch (DateTimeException e) {
      throw new Failure(
          Exit.USAGE, "--time: " + given + " is no time such as 2026-07-14T10:00:00Z");
    }
  }

  private Optional<Function<Application, Optional<String>>> names() throws IOException {
    if (!reveal) {
      return Optional.empty();
    }
    ApplicationNames names = log.names();
    return Optional.of(application -> names.open(application).map(ApplicationNames.Opening::id));
  }

  /** For the owner only, and all of it or what was there before. */
  private static void write(Path file, byte[] page) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      // A device, a pipe or a link: what it is for is written to, not replaced.
      Files.write(file, page);
      return;
    }
    Path directory = Objects.requireNonNull(file.getParent(), "a file is in a directory");
    if (!Files.isDirectory(directory)) {
      throw new Failure(Exit.NO_INPUT, "--out: there is no directory " + directory);
    }
    Path temporary =
        Files.createTempFile(
            directory,
            "." + file.getFileName(),
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(temporary, page, StandardOpenOption.TRUNCATE_EXISTING);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
