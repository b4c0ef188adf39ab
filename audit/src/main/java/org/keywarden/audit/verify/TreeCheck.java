package org.keywarden.audit.verify;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.Tile;
import org.keywarden.audit.tile.TileTree;

/** Builds the tree anew from the entries and compares it with every tile and the root. */
final class TreeCheck {
  private static final int REPORT = 64;

  /** Bundles that are worked on before it is their turn. */
  private static final int AHEAD = 16;

  private final LogSource files;
  private final LogReader reader;
  private final Problems problems;
  private final Executor workers;
  private final PartialTiles partials;

  /**
   * @param workers where bundles are read and hashed
   */
  TreeCheck(LogSource files, LogReader reader, Problems problems, Executor workers) {
    this.files = files;
    this.partials = new PartialTiles(files);
    this.reader = reader;
    this.problems = problems;
    this.workers = workers;
  }

  void run(
      Checkpoint checkpoint,
      long minimum,
      WalCheck wal,
      Completeness completeness,
      LongConsumer progress) {
    long size = checkpoint.size();
    TileTree tree;
    try {
      tree = TileTree.fromFullTiles(minimum, reader::hashes);
    } catch (IOException e) {
      problems.add(LogVerifier.explain(e));
      return;
    }
    BundleCheck bundles = new BundleCheck(files, reader);
    Deque<CompletableFuture<CheckedBundle>> ahead = new ArrayDeque<>();
    long begun = minimum / Tile.FULL;
    for (long number = begun; number * Tile.FULL < size; number++) {
      for (; ahead.size() < AHEAD && begun * Tile.FULL < size; begun++) {
        long next = begun;
        ahead.addLast(CompletableFuture.supplyAsync(() -> bundles.check(next, size), workers));
      }
      take(ahead.removeFirst().join(), tree, wal, completeness);
      if (number % REPORT == 0) {
        progress.accept(Math.min(size, (number + 1) * Tile.FULL));
      }
    }
    tree.partialTiles().stream()
        .filter(tile -> tile.level() > 0)
        .forEach(tile -> compareAbove(tile, tree.bytes(tile)));
    progress.accept(size);
    if (!tree.root().equals(checkpoint.root())) {
      problems.add(
          "the entries have the root "
              + tree.root()
              + ", but the file checkpoint says "
              + checkpoint.root());
    }
  }

  /** What depends on the entries before: the write-ahead log, the records' story, the tree. */
  private void take(CheckedBundle bundle, TileTree tree, WalCheck wal, Completeness completeness) {
    problems.addAll(bundle.problems());
    for (int i = 0; i < bundle.outcomes().size(); i++) {
      wal.compare(bundle.first() + i, bundle.leaves().get(i));
      completeness.entry(bundle.first() + i, bundle.outcomes().get(i));
    }
    Hash root = bundle.root();
    if (root == null) {
      bundle.leaves().forEach(leaf -> tree.append(leaf, this::compareAbove));
    } else {
      tree.appendFull(root, this::compareAbove);
    }
  }

  /** Compares a tile above level 0 with its file. */
  private void compareAbove(Tile tile, byte[] expected) {
    if (tile.level() == 0) {
      return;
    }
    try {
      if (!Arrays.equals(reader.hashes(tile), expected)) {
        problems.add(tile + " is not made of the tiles below it");
      }
      partials.compare(tile, problems);
    } catch (IOException e) {
      problems.add(LogVerifier.explain(e));
    }
  }
}
