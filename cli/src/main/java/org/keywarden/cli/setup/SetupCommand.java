package org.keywarden.cli.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes Keywarden the input method of the user's sessions, or takes that back. */
@Command(
    name = "setup",
    description = {
      "Make Keywarden the input method of your next session, and say each thing that is done.",
      "Only files of your own are written; what was there before is kept, and --undo puts it back."
          + " A file that is not what was expected is left alone. Exits 1 if one was."
    },
    mixinStandardHelpOptions = true)
public final class SetupCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--undo", description = "Put back what was there before.")
  private boolean undo;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dry;

  @Option(
      names = "--desktop",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES} (default: by $$XDG_CURRENT_DESKTOP).")
  private @Nullable DesktopKind desktop;

  @Override
  public Integer call() throws IOException {
    return carryOut(place(System.getenv(), System.getProperty("keywarden.home", "")));
  }

  /** Where the installation and the session are. */
  private SetupPlan.Place place(Map<String, String> environment, String home) {
    Path installation = Path.of(home.isEmpty() ? "/" : home).toAbsolutePath().normalize();
    return new SetupPlan.Place(
        Path.of("/"),
        environment,
        launcher(installation),
        programs(installation),
        desktop == null ? DesktopKind.of(environment) : desktop);
  }

  /** The package's, whichever version is installed, or those of this installation. */
  private static Path programs(Path installation) {
    Path packaged = Path.of("/usr/lib/keywarden/current/bin");
    return Files.isDirectory(packaged) ? packaged : installation.resolve("bin");
  }

  /** The command that people type: the package's, or that of the checkout it was built in. */
  private static Path launcher(Path installation) {
    for (Path each :
        new Path[] {
          installation.resolve("../../keywarden").normalize(), Path.of("/usr/bin/keywarden")
        }) {
      if (Files.isRegularFile(each) && Files.isExecutable(each)) {
        return each;
      }
    }
    throw new Failure(
        Exit.UNAVAILABLE, "the keywarden command is not found beside " + installation);
  }

  private int carryOut(SetupPlan.Place place) throws IOException {
    Setup setup =
        new Setup(SetupJournal.read(SetupJournal.place(place.environment())), dry, this::say);
    if (undo) {
      setup.undo();
      say("sessions that run keep what they have until you log out");
    } else {
      SetupPlan plan = SetupPlan.of(place);
      setup.apply(plan.steps());
      plan.notes().forEach(note -> say("yours to do: " + note));
    }
    return setup.leftAlone() ? Exit.FAILED : 0;
  }

  private void say(String line) {
    Objects.requireNonNull(spec).commandLine().getOut().println(Text.visible(line));
  }
}
