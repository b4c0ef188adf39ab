package org.keywarden.cli.session;

import java.util.List;
import java.util.stream.Collectors;
import org.keywarden.cli.console.Text;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.LockSourceState;

/** What the broker knows of the screen's lock, in words. */
final class ScreenLock {
  private static final String PREFIX = "LOCK_SOURCE_STATE_";

  private ScreenLock() {}

  /** Each source that is there, and what it says. */
  static String of(GetStatusResponse now) {
    if (now.getLockSourcesCount() == 0) {
      return "nobody is asked";
    }
    List<String> there =
        now.getLockSourcesList().stream()
            .filter(source -> source.getState() != LockSourceState.LOCK_SOURCE_STATE_NOT_THERE)
            .map(source -> source.getName() + " " + Text.plain(source.getState(), PREFIX))
            .toList();
    return there.isEmpty()
        ? now.getLockSourcesList().stream()
            .map(source -> source.getName())
            .collect(Collectors.joining(", ", "not there: ", ""))
        : String.join(", ", there);
  }
}
