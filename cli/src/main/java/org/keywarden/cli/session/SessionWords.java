package org.keywarden.cli.session;

import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.Rival;
import org.keywarden.proto.admin.v1.Standing;

/** Whether applications find the broker, in words. */
final class SessionWords {
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
    if (!standing.getIbusName()) {
      return "GTK 4 and browsers do not find Keywarden: org.freedesktop.IBus on the session bus is"
          + " not its own";
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
