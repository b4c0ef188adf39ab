package org.keywarden.cli.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.broker.BrokerLaunch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the broker in the foreground, and starts it again when it dies. */
@Command(
    name = "run",
    description =
        "Run the broker until a signal ends it. Should it die otherwise it is started again.",
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      description = "For sockets (default: $$XDG_RUNTIME_DIR/keywarden).")
  private @Nullable Path runtimeDirectory;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "For what input methods learn (default: $$XDG_STATE_HOME/keywarden, else"
              + " ~/.local/state/keywarden).")
  private @Nullable Path stateDirectory;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy (default: the built-in one).")
  private @Nullable Path policy;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description =
          "Holds one directory per input method; may be given several times (default: those that"
              + " come with Keywarden).")
  private List<Path> plugins = new ArrayList<>();

  @Option(
      names = "--ime",
      paramLabel = "ID",
      description =
          "The input method to begin with (default: the first one enabled, else the first one found).")
  private @Nullable String inputMethod;

  @Option(names = "--no-desktop", description = "Do not become this session's input method.")
  private boolean noDesktop;

  @Option(
      names = "--replace",
      description =
          "Take the session from another input method's daemon (ibus-daemon, fcitx5) while it runs.")
  private boolean replace;

  @Option(
      names = "--no-accessibility",
      description = "Do not ask the accessibility bus too whether a field is a password.")
  private boolean noAccessibility;

  @Option(
      names = "--without-lock-source",
      paramLabel = "NAME",
      description =
          "Do not ask this source whether the screen is locked: logind, or the name of a screen"
              + " saver as in 'keywarden status'; may be given several times.")
  private List<String> withoutLockSources = new ArrayList<>();

  @Option(
      names = "--no-panel",
      description = "Show no candidate window, even where the desktop has none.")
  private boolean noPanel;

  @Option(
      names = "--switch-key",
      paramLabel = "KEY",
      description =
          "Switches to the next input method, and in the end to the keyboard only (default:"
              + " Super+space; none for no such key).")
  private @Nullable String switchKey;

  @Option(
      names = "--allow-unsandboxed",
      description =
          "Run input methods even where they cannot be isolated. For development only: such an"
              + " input method can read and send what it likes.")
  private boolean allowUnsandboxed;

  @Option(
      names = "--log-retention",
      paramLabel = "DAYS",
      description =
          "Remove records of the grant log that are older (default: 400 days; 0 keeps them for"
              + " ever).")
  private @Nullable Integer retention;

  @Option(
      names = "--answer-within",
      paramLabel = "MILLISECONDS",
      description =
          "How long an input method may take for a key before the application has it (default:"
              + " 150; 10 to 10000).")
  private @Nullable Integer answerWithin;

  @Option(
      names = "--engine-idle",
      paramLabel = "SECONDS",
      description =
          "How long the process of an IBus engine that nobody uses stays up (default: 600; 1 to"
              + " 86400).")
  private @Nullable Integer engineIdle;

  @Override
  public Integer call() {
    throw Replacement.become(
        BrokerLaunch.below(System.getProperty("keywarden.home")).supervised(arguments()));
  }

  /** Returns what the broker is told. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--runtime-dir", runtimeDirectory);
    add(arguments, "--state-dir", stateDirectory);
    add(arguments, "--policy", policy);
    plugins.forEach(directory -> add(arguments, "--plugins", directory));
    add(arguments, "--ime", inputMethod);
    add(arguments, "--desktop", noDesktop ? "no" : "yes");
    add(arguments, "--replace", replace ? "yes" : null);
    add(arguments, "--accessibility", noAccessibility ? "no" : null);
    withoutLockSources.forEach(source -> add(arguments, "--without-lock-source", source));
    add(arguments, "--panel", noPanel ? "no" : null);
    add(arguments, "--switch-key", switchKey);
    add(arguments, "--log-retention", retention);
    add(arguments, "--answer-within", answerWithin);
    add(arguments, "--engine-idle", engineIdle);
    if (allowUnsandboxed) {
      arguments.add("--allow-unsandboxed");
    }
    return arguments;
  }

  private static void add(List<String> arguments, String option, @Nullable Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }
}
