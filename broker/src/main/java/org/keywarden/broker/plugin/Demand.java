package org.keywarden.broker.plugin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.keywarden.broker.seat.Lack;
import org.keywarden.broker.seat.Route;

/**
 * Which plugins are wanted now, of those that are started when they are: the selected one, from
 * when it is selected, and later once a field has the focus that it could compose in. One that
 * nobody used for a while rests.
 *
 * <p>Thread: the seat's.
 */
public final class Demand {
  private final Plugins plugins;
  private final Holds holds;
  private final long patience;
  private final LongSupplier clock;
  private final Consumer<Runnable> later;

  /** When each was used last, in ns. */
  private final Map<String, Long> used = new HashMap<>();

  /** The plugin that composes or is waited for, empty if none is. */
  private String needed = "";

  /** The plugin that was selected last and started for that, or had been up. */
  private String prepared = "";

  /** The focus session that an instance which forgets has or should have, 0 for none. */
  private long forgetfulStay;

  /** Whose instance. */
  private String forgetful = "";

  /** Plugins that come and go. */
  public interface Plugins {
    /** Whether a plugin is there and waits to be wanted. */
    boolean rests(String id);

    /** Starts a plugin that rests. */
    void want(String id);

    /** Those that are up, or about to be. */
    List<String> awake();

    /** Ends a plugin's process until the plugin is wanted again. */
    void rest(String id);

    /** Starts a plugin's second process, which forgets. */
    void wantForgetful(String id);

    /** Ends that process, and removes what it kept. */
    void forget(String id);
  }

  /**
   * @param holds those that must not be started now
   * @param patience how long an unused one stays up, in ns
   * @param clock in ns of CLOCK_BOOTTIME
   * @param later runs something once the seat's turn is over
   */
  public Demand(
      Plugins plugins, Holds holds, long patience, LongSupplier clock, Consumer<Runnable> later) {
    this.plugins = plugins;
    this.holds = holds;
    this.patience = patience;
    this.clock = clock;
    this.later = later;
  }

  /**
   * Follows the seat.
   *
   * @param lack what the focused field lacks to be composed in
   * @param stay the focus session if an instance that forgets has it or should, else 0
   */
  public void follow(Route route, Lack lack, long stay, String selected) {
    boolean inUse =
        switch (route) {
          case GRANTING, COMPOSING -> stay == 0;
          // One that takes long to start is not unused meanwhile.
          case DIRECT -> lack == Lack.PLUGIN;
          case UNFOCUSED, DECIDING, GUARDED -> false;
        };
    needed = inUse ? selected : "";
    if (stay != forgetfulStay || !selected.equals(forgetful)) {
      String before = forgetful;
      if (forgetfulStay != 0) {
        later.accept(() -> plugins.forget(before));
      }
      forgetfulStay = stay;
      forgetful = selected;
      if (stay != 0) {
        later.accept(() -> start(selected, () -> plugins.wantForgetful(selected)));
      }
    }
    boolean chosen = !selected.equals(prepared) && mayPrepare(route);
    if (chosen) {
      prepared = selected;
    }
    if ((chosen || lack == Lack.PLUGIN) && plugins.rests(selected)) {
      later.accept(() -> start(selected, () -> plugins.want(selected)));
    }
  }

  private void start(String id, Runnable how) {
    if (!holds.isHeld(id)) {
      how.run();
    }
  }

  /** Nothing new begins to run while a secret may be typed. */
  private static boolean mayPrepare(Route route) {
    return switch (route) {
      case UNFOCUSED, DIRECT, GRANTING, COMPOSING -> true;
      case DECIDING, GUARDED -> false;
    };
  }

  /** Lets those rest that were not used for so long; to be called now and then. */
  public void passTime() {
    long now = clock.getAsLong();
    if (!needed.isEmpty()) {
      used.put(needed, now);
    }
    List<String> awake = plugins.awake();
    used.keySet().retainAll(awake);
    for (String each : awake) {
      used.putIfAbsent(each, now);
      if (now - used.getOrDefault(each, now) >= patience) {
        used.remove(each);
        plugins.rest(each);
      }
    }
  }
}
