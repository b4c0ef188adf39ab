package org.keywarden.broker.frontdoor.terminal;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.terminal.Programs.Kind;
import org.keywarden.broker.frontdoor.terminal.Readers.ControllingTerminal;
import org.keywarden.broker.frontdoor.terminal.Readers.Reader;

/**
 * Finds programs that ask for a password: by the settings of terminals, and where those leave it
 * open by who reads. A multiplexer (tmux, screen) leads on to the terminals that it shows. Safe in
 * any thread.
 */
public final class PasswordPrompts implements Echo {
  private final String proc;
  private final PseudoTerminals terminals;
  private final String uid;

  /**
   * @param uid whose terminals and multiplexers there are
   */
  public PasswordPrompts(int uid) {
    this.proc = "/proc";
    this.terminals = new PseudoTerminals(Path.of(proc), Path.of("/dev/pts"), uid);
    this.uid = Integer.toString(uid);
  }

  @Override
  public boolean hidden(Set<Terminal> all) {
    try (Native calls = new Native()) {
      return new Look(calls).hidden(all);
    }
  }

  private final class Look {
    private final Native calls;
    private final Set<Terminal> seen = new HashSet<>();
    private @Nullable Readers readers;

    Look(Native calls) {
      this.calls = calls;
    }

    boolean hidden(Set<Terminal> all) {
      Set<Terminal> next = all;
      while (!next.isEmpty()) {
        seen.addAll(next);
        Set<Terminal> byKey = new HashSet<>();
        for (Terminal each : next) {
          switch (TerminalSettings.typing(calls, each)) {
            case HIDDEN -> {
              return true;
            }
            case PLAIN_KEYS, EDITED_KEYS -> byKey.add(each);
            case SHOWN -> {}
          }
        }
        if (byKey.isEmpty()) {
          return false;
        }
        Readers readers = readers();
        if (readers.tooMany() || byKey.stream().anyMatch(each -> asks(each, readers))) {
          return true;
        }
        Found shown = shownIn(byKey, readers);
        next = new HashSet<>(shown.terminals());
        next.removeAll(seen);
        if (shown.extent() == Found.Extent.TOO_MUCH
            || seen.size() + next.size() > PseudoTerminals.MOST_TERMINALS) {
          return true;
        }
      }
      return false;
    }

    /** One pass for the whole look: who began to read later has not read the key that it is for. */
    private Readers readers() {
      Readers known = readers;
      if (known == null) {
        known = Readers.now(calls, proc);
        readers = known;
      }
      return known;
    }

    /** The settings are read anew: who was found to read may have begun since. */
    private boolean asks(Terminal terminal, Readers readers) {
      return switch (TerminalSettings.typing(calls, terminal)) {
        case HIDDEN -> true;
        case SHOWN -> false;
        case EDITED_KEYS -> !readers.at(terminal, Kind.ASKS).isEmpty();
        case PLAIN_KEYS ->
            !readers.at(terminal, Kind.ASKS).isEmpty()
                || readers.at(terminal, Kind.COMPOSES).isEmpty();
      };
    }

    /** The terminals that multiplexers may show in these. */
    private Found shownIn(Set<Terminal> outer, Readers readers) {
      Set<Terminal> inner = new HashSet<>();
      List<Reader> servers =
          outer.stream()
              .flatMap(each -> readers.at(each, Kind.MULTIPLEXER).stream())
              .flatMap(each -> readers.alike(each).stream())
              .distinct()
              .filter(each -> isOurs(each.pid()))
              .toList();
      for (Reader each : servers) {
        Found own = terminals.own(each.pid());
        if (own.extent() == Found.Extent.TOO_MUCH
            || inner.size() > PseudoTerminals.MOST_TERMINALS) {
          return Found.TOO_MUCH;
        }
        inner.addAll(own.terminals());
        if (own.extent() == Found.Extent.CLOSED) {
          // It has more rights than its user (setgid); what it started has a terminal of its own.
          terminals.children(
              calls,
              each.pid(),
              child -> {
                ControllingTerminal of = ControllingTerminal.of(calls, proc, child);
                if (of.index() >= 0) {
                  inner.add(Terminal.ours(of.index()));
                }
                return inner.size() <= PseudoTerminals.MOST_TERMINALS;
              });
        }
      }
      return new Found(inner, Found.Extent.ALL);
    }

    private boolean isOurs(long pid) {
      return calls.text(proc + "/" + pid + "/status").contains("\nUid:\t" + uid + "\t");
    }
  }
}
