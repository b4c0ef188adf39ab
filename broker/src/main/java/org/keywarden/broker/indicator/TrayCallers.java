package org.keywarden.broker.indicator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.keywarden.broker.bus.BusClient;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * What the programs of the session bus may do with the menu. One that sees the files the broker
 * sees could ask the broker itself, and may do all; the tray, where it is confined, may read and
 * take from input methods; others may nothing. Thread: the session's.
 */
final class TrayCallers {
  private static final int MOST_KNOWN = 256;
  private static final int MOST_ASKED = 64;

  private final BusClient bus;
  private final LongPredicate unconfined;
  private final Predicate<String> isTray;
  private final Map<String, Boolean> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_KNOWN;
        }
      };
  private int asked;

  /** How much. */
  enum Trust {
    NONE,
    NARROWS,
    ALL
  }

  /**
   * @param unconfined whether a process, by its pid, sees the same files as the broker
   * @param isTray whether a unique name is that of the tray
   */
  TrayCallers(BusClient bus, LongPredicate unconfined, Predicate<String> isTray) {
    this.bus = bus;
    this.unconfined = unconfined;
    this.isTray = isTray;
  }

  /**
   * Judges who sent a call; at once, or when the bus has said which process that is. In the order
   * of the calls of one sender.
   */
  void judge(String sender, Consumer<Trust> then) {
    Boolean before = known.get(sender);
    if (before != null) {
      then.accept(trust(sender, before));
    } else if (asked >= MOST_ASKED) {
      then.accept(Trust.NONE);
    } else {
      asked++;
      bus.ask(
          "GetConnectionUnixProcessID",
          answer -> {
            asked = Math.max(0, asked - 1);
            boolean all =
                answer != null
                    && answer.kind() == Message.Kind.RETURN
                    && answer.body().size() == 1
                    && answer.body().getFirst() instanceof Value.UInt32 pid
                    && unconfined.test(Integer.toUnsignedLong(pid.value()));
            known.put(sender, all);
            then.accept(trust(sender, all));
          },
          new Value.Str(sender));
    }
  }

  private Trust trust(String sender, boolean all) {
    if (all) {
      return Trust.ALL;
    }
    return isTray.test(sender) ? Trust.NARROWS : Trust.NONE;
  }

  /** The bus is another from now on, and its names too. */
  void forget() {
    known.clear();
    asked = 0;
  }
}
