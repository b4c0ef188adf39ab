package org.keywarden.broker.frontdoor.ibus.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Who else serves this session's applications: what is typed into those that find it instead of
 * Keywarden leaves the sandbox, and neither the application nor the person sees that. Thread: the
 * seat's; {@link #now} any.
 */
public final class Rivals {
  /** What a rival holds that wrote its address into the files of IBus. */
  public static final String ADDRESS_FILE = "address file";

  /**
   * By which applications that are set to IBus find what they type through. IBus's name is not
   * among them: they want it to be owned, and nobody is asked there.
   */
  static final Set<String> OURS = Set.of(ADDRESS_FILE, Portal.NAME);

  /** Names of other input methods' daemons on the session bus: fcitx 5, its portal, fcitx 4. */
  static final List<String> OTHERS =
      List.of("org.fcitx.Fcitx5", "org.freedesktop.portal.Fcitx", "org.fcitx.Fcitx-0");

  /** Who is told. */
  public interface Listener {
    /** There is one; again when it holds something of ours and did not before. */
    void appeared(Rival rival);

    /** It holds nothing any more. */
    void left(Rival rival);
  }

  private final long own;
  private final LongFunction<String> programs;
  private final Listener listener;
  private final Map<String, Long> holders = new LinkedHashMap<>();

  /** Those told of, as they were when they were. */
  private final Map<Long, Rival> told = new HashMap<>();

  private volatile List<Rival> now = List.of();

  /**
   * @param own the broker's pid
   * @param programs gives what a process is called, empty if it is gone
   */
  public Rivals(long own, LongFunction<String> programs, Listener listener) {
    this.own = own;
    this.programs = programs;
    this.listener = listener;
  }

  /** Those there are. */
  public List<Rival> now() {
    return now;
  }

  /**
   * Something has another owner.
   *
   * @param what {@link #ADDRESS_FILE} or a name
   * @param pid 0 for nobody
   */
  public void holds(String what, long pid) {
    if (pid == 0 || pid == own) {
      holders.remove(what);
    } else {
      holders.put(what, pid);
    }
    Map<Long, List<String>> held = new LinkedHashMap<>();
    holders.forEach((thing, by) -> held.computeIfAbsent(by, none -> new ArrayList<>()).add(thing));
    List<Rival> found = new ArrayList<>();
    held.forEach((by, things) -> found.add(rival(by, things)));
    now = List.copyOf(found);
    for (Rival each : found) {
      Rival before = told.put(each.pid(), each);
      if (before == null || (each.takesOurs() && !before.takesOurs())) {
        listener.appeared(each);
      }
    }
    List<Rival> gone =
        told.values().stream().filter(each -> !held.containsKey(each.pid())).toList();
    gone.forEach(each -> told.remove(each.pid()));
    gone.forEach(listener::left);
  }

  private Rival rival(long pid, List<String> holds) {
    Rival known = told.get(pid);
    return new Rival(pid, known == null ? programs.apply(pid) : known.program(), holds);
  }
}
