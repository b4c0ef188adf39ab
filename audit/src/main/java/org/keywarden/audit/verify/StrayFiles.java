package org.keywarden.audit.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.tile.Tile;

/** Finds files under {@code tile/} that the tree has no place for. */
final class StrayFiles {
  private final Snapshot files;
  private final Problems problems;
  private final List<Beyond> beyond = new ArrayList<>();

  /** A tile that had no place in the tree when the snapshot was taken, and may have one now. */
  private record Beyond(String path, int level, long index) {}

  StrayFiles(Snapshot files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  /**
   * @param size entries that may have been in tiles when the snapshot was taken
   * @param minimum first entry kept
   */
  void check(long size, long minimum) {
    try {
      for (String level : files.list("tile")) {
        if (!level.equals("entries") && !level.matches("[0-7]")) {
          problems.add("tile/" + level + " is no level of the tree");
          continue;
        }
        int number = level.equals("entries") ? Tile.ENTRIES : Integer.parseInt(level);
        long count = Tile.countAt(number, size);
        long first = number == Tile.ENTRIES ? minimum / Tile.FULL : 0;
        walk(new Place(number, first, (count + Tile.FULL - 1) / Tile.FULL), "tile/" + level, 0);
      }
      if (!beyond.isEmpty()) {
        long now = files.entriesNow();
        beyond.stream()
            .filter(tile -> tile.index() * Tile.FULL >= Tile.countAt(tile.level(), now))
            .forEach(tile -> problems.add(tile.path() + " has no place in the tree"));
      }
      for (String name : files.list("")) {
        if (!isKnown(name)) {
          problems.add(name + " is no file of a log");
        }
      }
    } catch (IOException e) {
      problems.add(LogVerifier.explain(e));
    }
  }

  private static boolean isKnown(String name) {
    return switch (name) {
      case FileNames.CHECKPOINT,
          FileNames.SIGNED,
          FileNames.MINIMUM,
          FileNames.KEYS,
          FileNames.HANDOVER,
          FileNames.WAL,
          FileNames.LOCK,
          FileNames.COSIGNATURES,
          "tile" ->
          true;
      default -> name.endsWith(".tmp");
    };
  }

  private record Place(int level, long first, long end) {}

  private void walk(Place place, String directory, long above) throws IOException {
    for (String name : files.list(directory)) {
      String path = directory + "/" + name;
      if (name.matches("x[0-9]{3}")) {
        walk(place, path, above * 1000 + Integer.parseInt(name.substring(1)));
      } else if (name.matches("[0-9]{3}(\\.p)?")) {
        long index = above * 1000 + Integer.parseInt(name.substring(0, 3));
        Tile tile = new Tile(place.level(), index, Tile.FULL);
        if (index < place.first() || !path.startsWith(tile.path())) {
          problems.add(path + " has no place in the tree");
        } else if (index >= place.end()) {
          beyond.add(new Beyond(path, place.level(), index));
        }
      } else if (!name.endsWith(".tmp")) {
        problems.add(path + " is no tile");
      }
    }
  }
}
