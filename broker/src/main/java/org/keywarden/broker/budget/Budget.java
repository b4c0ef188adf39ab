package org.keywarden.broker.budget;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Holder.Kin;

/**
 * What the peers of some doors hold together. A process has its bound; all have one in all. Where
 * that is reached, the largest branch of the tree of processes gives way: whoever asks is refused
 * if its own branch would be as large as any beside it, else a share of the larger one is ended. So
 * a program that forks a thousand times is one branch, and a newcomer beside it has room.
 */
public final class Budget {
  /** Ended shares whose connections are not closed yet, at most. */
  private static final int MOST_ENDING = 64;

  private static final int KINDS = Resource.values().length;

  private final Limits limits;
  private final Branch root = new Branch(null, null);
  private final Map<Kin, Branch> known = new HashMap<>();
  private final List<Runnable> ends = new ArrayList<>();
  private int ending;

  public Budget(Limits limits) {
    this.limits = limits;
  }

  /** A process, or one that others descend from. */
  private static final class Branch {
    private final @Nullable Kin kin;
    private final @Nullable Branch parent;
    private final Map<Kin, Branch> children = new LinkedHashMap<>();
    private final Set<Share> shares = new LinkedHashSet<>();

    /** By its own shares. */
    private final long[] own = new long[KINDS];

    /** By all below as well. */
    private final long[] whole = new long[KINDS];

    Branch(@Nullable Kin kin, @Nullable Branch parent) {
      this.kin = kin;
      this.parent = parent;
    }
  }

  /** What one connection holds. */
  public final class Share implements AutoCloseable {
    private final Branch process;
    private final Runnable end;
    private final long owner;
    private final long[] held = new long[KINDS];
    private boolean over;
    private boolean closed;

    private Share(Branch process, long owner, Runnable end) {
      this.process = process;
      this.owner = owner;
      this.end = end;
    }

    /** The process it is charged to, as {@link Holder#number}. */
    public long owner() {
      return owner;
    }

    /** Takes more; false, and nothing is taken, if that is refused. */
    public boolean take(Resource what, long amount) {
      boolean taken;
      synchronized (Budget.this) {
        taken = !over && !closed && makeRoom(process, what, amount);
        if (taken) {
          charge(this, what, amount);
        }
      }
      endOthers();
      return taken;
    }

    /** Gives some back; what is closed has given everything back already. */
    public void give(Resource what, long amount) {
      synchronized (Budget.this) {
        if (!over && !closed) {
          charge(this, what, -amount);
        }
      }
    }

    /** Holds exactly so much from now on; false, and nothing changes, if more is refused. */
    public boolean hold(Resource what, long amount) {
      long more;
      synchronized (Budget.this) {
        more = amount - held[what.ordinal()];
      }
      if (more > 0) {
        return take(what, more);
      }
      give(what, -more);
      return true;
    }

    /** Whether it was ended to make room for others: its connection is to be closed. */
    public boolean over() {
      synchronized (Budget.this) {
        return over;
      }
    }

    /** Gives everything back: the connection is closed. */
    @Override
    public void close() {
      synchronized (Budget.this) {
        if (closed) {
          return;
        }
        closed = true;
        if (over) {
          ending--;
        } else {
          release(this);
        }
      }
    }
  }

  /**
   * Begins a share with one connection in it.
   *
   * @param end closes the connection, to make room for others; called on any thread
   * @return null if the process is refused
   */
  public @Nullable Share open(Holder holder, Runnable end) {
    Share share = null;
    synchronized (this) {
      Branch process = branchOf(holder);
      if (makeRoom(process, Resource.CONNECTIONS, 1)) {
        share = new Share(process, holder.number(), end);
        process.shares.add(share);
        charge(share, Resource.CONNECTIONS, 1);
      } else {
        prune(process);
      }
    }
    endOthers();
    return share;
  }

  /** What is held in all. */
  public synchronized long held(Resource what) {
    return root.whole[what.ordinal()];
  }

  private Branch branchOf(Holder holder) {
    List<Kin> kin = holder.branch();
    int at = kin.size() - 1;
    while (at >= 0 && !known.containsKey(kin.get(at))) {
      at--;
    }
    Branch branch = at < 0 ? root : known.getOrDefault(kin.get(at), root);
    for (Kin next : kin.subList(at + 1, kin.size())) {
      Branch child = new Branch(next, branch);
      branch.children.put(next, child);
      known.put(next, child);
      branch = child;
    }
    return branch;
  }

  private boolean makeRoom(Branch asker, Resource what, long amount) {
    int kind = what.ordinal();
    Limits.Bound bound = limits.of(what);
    if (asker.own[kind] + amount > bound.each()) {
      return false;
    }
    while (root.whole[kind] + amount > bound.total()) {
      Share largest = ending < MOST_ENDING ? largestBeside(asker, kind, amount) : null;
      if (largest == null) {
        return false;
      }
      release(largest);
      largest.over = true;
      ending++;
      ends.add(largest.end);
    }
    return true;
  }

  /** Of the first branch that is larger than the asker's would be; null if there is none. */
  private @Nullable Share largestBeside(Branch asker, int kind, long amount) {
    List<Branch> path = new ArrayList<>();
    for (Branch each = asker; each != null; each = each.parent) {
      path.addFirst(each);
    }
    for (int depth = 0; depth + 1 < path.size(); depth++) {
      Branch here = path.get(depth);
      Branch askers = path.get(depth + 1);
      Branch largest = null;
      long size = askers.whole[kind] + amount;
      for (Branch each : here.children.values()) {
        if (each != askers && each.whole[kind] > size) {
          largest = each;
          size = each.whole[kind];
        }
      }
      if (here.own[kind] > size) {
        return largestOf(here, kind);
      }
      if (largest != null) {
        return largestIn(largest, kind);
      }
    }
    return null;
  }

  private static @Nullable Share largestIn(Branch branch, int kind) {
    Branch at = branch;
    while (true) {
      Branch largest = null;
      long size = at.own[kind];
      for (Branch each : at.children.values()) {
        if (each.whole[kind] > at.own[kind] && each.whole[kind] >= size) {
          largest = each;
          size = each.whole[kind];
        }
      }
      if (largest == null) {
        return largestOf(at, kind);
      }
      at = largest;
    }
  }

  /** The newest of the largest: what has been there for long is likelier to be in use. */
  private static @Nullable Share largestOf(Branch process, int kind) {
    Share largest = null;
    for (Share each : process.shares) {
      if (largest == null || each.held[kind] >= largest.held[kind]) {
        largest = each;
      }
    }
    return largest;
  }

  private static void charge(Share share, Resource what, long amount) {
    int kind = what.ordinal();
    if (share.held[kind] + amount < 0) {
      throw new IllegalStateException("more " + what + " are given back than were taken");
    }
    share.held[kind] += amount;
    share.process.own[kind] += amount;
    for (Branch each = share.process; each != null; each = each.parent) {
      each.whole[kind] += amount;
    }
  }

  private void release(Share share) {
    for (Resource each : Resource.values()) {
      charge(share, each, -share.held[each.ordinal()]);
    }
    share.process.shares.remove(share);
    prune(share.process);
  }

  /** Forgets branches that hold nothing. */
  private void prune(Branch process) {
    Branch at = process;
    while (at.parent != null && at.kin != null && at.shares.isEmpty() && at.children.isEmpty()) {
      known.remove(at.kin);
      at.parent.children.remove(at.kin);
      at = at.parent;
    }
  }

  /** Outside of the lock: what closes may give back at once. */
  private void endOthers() {
    List<Runnable> now;
    synchronized (this) {
      if (ends.isEmpty()) {
        return;
      }
      now = List.copyOf(ends);
      ends.clear();
    }
    now.forEach(Runnable::run);
  }
}
