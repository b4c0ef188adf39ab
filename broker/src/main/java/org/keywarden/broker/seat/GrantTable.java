package org.keywarden.broker.seat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The grants not yet closed: at most one that the broker gave, and those derived from it. */
final class GrantTable {
  private final Map<Long, Grant> grants = new LinkedHashMap<>();

  void add(Grant grant) {
    grants.put(grant.number, grant);
  }

  @Nullable Grant find(long number) {
    return grants.get(number);
  }

  @Nullable Grant findByIssue(long issue) {
    for (Grant grant : grants.values()) {
      if (grant.issue == issue) {
        return grant;
      }
    }
    return null;
  }

  /** Removes a grant and returns it with those derived from it, derived ones first. */
  List<Grant> remove(Grant grant) {
    List<Grant> closed = new ArrayList<>();
    for (Grant other : grants.values()) {
      if (other.parent == grant) {
        closed.add(other);
      }
    }
    closed.add(grant);
    closed.forEach(ended -> grants.remove(ended.number));
    return closed;
  }

  int childrenOf(Grant parent) {
    int children = 0;
    for (Grant grant : grants.values()) {
      if (grant.parent == parent) {
        children++;
      }
    }
    return children;
  }

  Collection<Grant> all() {
    return grants.values();
  }
}
