package org.keywarden.broker.frontdoor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.budget.Holder.Kin;

/**
 * Tells which processes a process descends from, by {@code /proc/PID/stat} (proc(5)). Below its
 * parent stands its session: what was put into the background, and whose parent has ended, stays
 * together by that.
 */
public final class Lineage implements Holder.Finder {
  /** More than a desktop has between its first process and an application. */
  private static final int DEEPEST = 32;

  private static final int MOST_REMEMBERED = 512;

  private final Path proc;

  /** So that whoever connects again and again costs one look into proc each time. */
  private final Map<Kin, Holder> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Kin, Holder> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /**
   * @param proc where proc is mounted
   */
  public Lineage(Path proc) {
    this.proc = proc;
  }

  private record Stat(long parent, long session, long startTime) {}

  @Override
  public Holder of(long pid) {
    Stat own = read(pid);
    if (own == null) {
      return Holder.GONE;
    }
    Kin kin = new Kin(pid, own.startTime);
    synchronized (known) {
      Holder met = known.get(kin);
      if (met != null) {
        return met;
      }
    }
    Holder met = new Holder(branch(kin, own));
    synchronized (known) {
      known.put(kin, met);
    }
    return met;
  }

  private List<Kin> branch(Kin kin, Stat own) {
    Deque<Kin> branch = new ArrayDeque<>();
    branch.addFirst(kin);
    // No pid is negative: the session as seen from this parent.
    branch.addFirst(new Kin(-own.session, own.parent));
    long at = own.parent;
    for (int depth = 0; at > 0 && depth < DEEPEST; depth++) {
      Stat stat = read(at);
      if (stat == null) {
        break;
      }
      branch.addFirst(new Kin(at, stat.startTime));
      at = stat.parent;
    }
    return List.copyOf(branch);
  }

  private @Nullable Stat read(long pid) {
    try {
      String line =
          Files.readString(
              proc.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
      // The name in parentheses may hold anything, a closing one too.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 21);
      return new Stat(
          Long.parseLong(fields[1]), Long.parseLong(fields[3]), Long.parseLong(fields[19]));
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }
}
