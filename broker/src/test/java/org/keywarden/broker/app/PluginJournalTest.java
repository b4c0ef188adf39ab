package org.keywarden.broker.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.process.Finding;
import org.keywarden.proto.audit.v1.UndeclaredChannel;

/** What of a finding the log may hold. */
final class PluginJournalTest {
  private static final List<Finding> ALL =
      Stream.of(
              Stream.of(Finding.Thing.values()).map(thing -> new Finding.InProcess(thing, 7)),
              Stream.of(Finding.Handed.values()).map(handed -> new Finding.Shared(handed, 8)),
              Stream.of(Finding.Flaw.values())
                  .map(flaw -> new Finding.InFiles(flaw, Finding.Place.STATE, 9)),
              Stream.of(new Finding.StateTooLarge(1 << 20)))
          .<Finding>flatMap(each -> each)
          .toList();

  @Test
  void everyFindingHasAKindAndEveryKindAFinding() {
    Set<UndeclaredChannel> kinds = new HashSet<>();
    for (Finding each : ALL) {
      UndeclaredChannel kind = PluginJournal.kind(each);
      assertNotEquals(UndeclaredChannel.UNDECLARED_CHANNEL_UNSPECIFIED, kind);
      kinds.add(kind);
      assertFalse(each.words().isBlank());
    }
    // But the one that says nothing, and the one for what a later version wrote.
    assertEquals(UndeclaredChannel.values().length - 2, kinds.size());
  }

  /** A plugin chooses the names of its files, sockets and memory; nothing here can carry one. */
  @Test
  void aFindingHasNoPlaceForAName() {
    for (Class<?> kind : Finding.class.getPermittedSubclasses()) {
      for (RecordComponent component : kind.getRecordComponents()) {
        Class<?> type = component.getType();
        assertEquals(true, type.isEnum() || type == long.class, kind + " " + component);
      }
    }
  }
}
