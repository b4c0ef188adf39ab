package org.keywarden.fleet.fold;

import java.util.TreeSet;
import org.keywarden.audit.verify.Completeness;
import org.keywarden.proto.fleet.v1.Story;

/** Stories in messages. */
final class Stories {
  /** Open grants that are remembered; a broker gives no more than a few hundred. */
  static final int MOST_OPEN = 1_024;

  private Stories() {}

  static Story begin(boolean whole) {
    return Story.newBuilder().setKnown(whole).build();
  }

  static Completeness.Story read(Story story) {
    return new Completeness.Story(
        story.getStart(),
        story.getRunning(),
        story.getKnown(),
        story.getKeyed(),
        story.getSerial(),
        story.getGrants(),
        new TreeSet<>(story.getOpenList()));
  }

  static Story write(Completeness.Story story, long crashes) {
    return Story.newBuilder()
        .setStart(story.start())
        .setRunning(story.running())
        .setKnown(story.known())
        .setKeyed(story.keyed())
        .setSerial(story.serial())
        .setGrants(story.grants())
        .addAllOpen(story.open().stream().sorted().limit(MOST_OPEN).toList())
        .setCrashes(crashes)
        .build();
  }
}
