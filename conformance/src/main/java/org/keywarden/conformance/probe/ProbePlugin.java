package org.keywarden.conformance.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The plugin: makes every attempt, writes down what came of it, and waits for its end. */
public final class ProbePlugin {
  static final String REPORT = "probes.tsv";

  private ProbePlugin() {}

  /**
   * @param arguments those of {@link ProbeTargets}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ProbeTargets around = ProbeTargets.parse(arguments);
    List<String> lines = new ArrayList<>();
    for (Probe probe : Probes.all()) {
      Probe.Seen seen;
      try {
        seen = probe.attempt().make(around);
      } catch (Exception refused) {
        seen = Probe.Seen.of(false, refused.getClass().getSimpleName());
      }
      lines.add(probe.name() + "\t" + seen.possible() + "\t" + seen.detail());
    }
    Path draft = around.state().resolve(REPORT + ".new");
    Files.write(draft, lines);
    Files.move(draft, around.state().resolve(REPORT), StandardCopyOption.ATOMIC_MOVE);
    Thread.currentThread().join();
  }
}
