package org.keywarden.cli.session;

import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.Rival;
import org.keywarden.proto.admin.v1.Standing;

/** Whether applications find the broker, in words. */
final class SessionWords {
  /** They look whether somebody owns it, and not who. */
  private static final String IBUS = "org.freedesktop.IBus";

  private SessionWords() {}

  /** One line; it begins with "applications find Keywarden" if all is well. */
  static String of(GetStatusResponse now) {
    if (!now.hasStanding()) {
      return "not this session's input method";
    }
    Standing standing = now.getStanding();
    for (Rival each : standing.getRivalsList()) {
      if (each.getTakesOurs()) {
        return "applications find "
            + who(each)
            + " and bypass Keywarden ("
            + String.join(", ", each.getHoldsList())
            + ")";
      }
    }
    if (!standing.getFilesOurs()) {
      return "applications do not find Keywarden: " + standing.getProblem();
    }
    boolean owned =
        standing.getRivalsList().stream().anyMatch(each -> each.getHoldsList().contains(IBUS));
    if (!standing.getIbusName() && !owned) {
      return "GTK 4 and browsers do not look for Keywarden: nobody owns "
          + IBUS
          + " on the session bus";
    }
    return standing.getRivalsCount() == 0
        ? "applications find Keywarden"
        : "applications find Keywarden; beside it runs " + who(standing.getRivals(0));
  }

  static String who(Rival rival) {
    String program = rival.getProgram().isEmpty() ? "another program" : rival.getProgram();
    return program + " (pid " + Long.toUnsignedString(rival.getPid()) + ")";
  }
}
