package org.keywarden.audit.verify;

import java.util.ArrayList;
import java.util.List;

/** What is wrong, at most so much of it. */
final class Problems {
  private static final int MOST = 100;

  private final List<String> list = new ArrayList<>();
  private long more;

  void add(String problem) {
    if (list.size() < MOST) {
      list.add(problem);
    } else {
      more++;
    }
  }

  void add(long entry, String problem) {
    add("entry " + entry + " " + problem);
  }

  void addAll(Problems other) {
    other.list.forEach(this::add);
    more += other.more;
  }

  List<String> list() {
    if (more == 0) {
      return list;
    }
    List<String> all = new ArrayList<>(list);
    all.add("and " + more + " more");
    return all;
  }
}
