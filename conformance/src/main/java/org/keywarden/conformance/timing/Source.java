package org.keywarden.conformance.timing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file with numbers in it, read over and over; each number that changes is a series. */
final class Source {
  private final Path path;
  private final Numbers numbers;
  private final List<Series> series = new ArrayList<>();
  private final Series reads = new Series("reads");
  private long[] last = new long[0];
  private int[] kept = new int[0];
  private @Nullable FileChannel file;

  /**
   * @param numbers may be shared by sources of one thread
   */
  Source(Path path, Numbers numbers) {
    this.path = path;
    this.numbers = numbers;
  }

  List<Series> series() {
    return series;
  }

  /**
   * How strongly each of its numbers goes, from read to read, with keys in between: from 0 to 1.
   *
   * @param keys when keys were pressed, ascending
   */
  double[] correlations(long[] keys) {
    int[] pressed = new int[reads.size()];
    int key = 0;
    for (int i = 0; i < pressed.length; i++) {
      while (key < keys.length && keys[key] <= reads.time(i)) {
        pressed[i] += i == 0 ? 0 : 1;
        key++;
      }
    }
    return series.stream().mapToDouble(each -> correlation(each, pressed)).toArray();
  }

  private double correlation(Series changes, int[] pressed) {
    double n = pressed.length;
    double sumX = 0;
    double sumXx = 0;
    double sumXy = 0;
    double sumY = 0;
    double sumYy = 0;
    int change = 0;
    for (int i = 0; i < pressed.length; i++) {
      boolean changed = change < changes.size() && changes.time(change) == reads.time(i);
      double x = changed ? changes.amount(change++) : 0;
      sumX += x;
      sumXx += x * x;
      sumXy += x * pressed[i];
      sumY += pressed[i];
      sumYy += (double) pressed[i] * pressed[i];
    }
    double spread = (n * sumXx - sumX * sumX) * (n * sumYy - sumY * sumY);
    return spread <= 0 ? 0 : Math.abs(n * sumXy - sumX * sumY) / Math.sqrt(spread);
  }

  private static boolean contains(int[] all, int wanted) {
    for (int each : all) {
      if (each == wanted) {
        return true;
      }
    }
    return false;
  }

  /**
   * Forgets what was seen, keeps the file open for further reads, and notes only these numbers:
   * descriptors and memory are few.
   */
  void keepOnly(int[] numbersKept) throws IOException {
    forget();
    kept = numbersKept;
    file = FileChannel.open(path, StandardOpenOption.READ);
  }

  /** Reads once; returns whether a number differs from the last time. */
  boolean read(long time) throws IOException {
    FileChannel open = file;
    if (open != null) {
      numbers.read(open);
    } else {
      try (FileChannel opened = FileChannel.open(path, StandardOpenOption.READ)) {
        numbers.read(opened);
      }
    }
    if (file == null) {
      reads.add(time, 0);
    }
    if (numbers.count() != last.length) {
      last = numbers.copy();
      return false;
    }
    boolean changed = false;
    for (int i = 0; i < last.length; i++) {
      long now = numbers.value(i);
      if (now != last[i]) {
        changed = true;
        if (kept.length == 0 || contains(kept, i)) {
          series(i).add(time, Math.abs(now - last[i]));
        }
        last[i] = now;
      }
    }
    return changed;
  }

  private Series series(int index) {
    while (series.size() <= index) {
      series.add(new Series(path + ", number " + (series.size() + 1)));
    }
    return series.get(index);
  }

  /** Forgets what was seen. */
  void forget() {
    series.clear();
    reads.clear();
  }
}
