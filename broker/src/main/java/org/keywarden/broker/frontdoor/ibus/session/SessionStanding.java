package org.keywarden.broker.frontdoor.ibus.session;

import java.nio.file.Path;
import java.util.List;

/**
 * Whether this session's applications find the broker.
 *
 * @param files in which they look for its address; empty if it is not to be found
 * @param filesOurs whether all of them name it
 * @param problem why they do not, where it is no rival's doing; else empty
 * @param ibusName whether IBus's name on the session bus is the broker's
 * @param portalName whether that of IBus's portal is
 */
public record SessionStanding(
    List<Path> files,
    boolean filesOurs,
    String problem,
    boolean ibusName,
    boolean portalName,
    List<Rival> rivals) {
  /** Of a broker that is not to be the session's input method. */
  public static final SessionStanding NONE =
      new SessionStanding(List.of(), false, "", false, false, List.of());

  public SessionStanding {
    files = List.copyOf(files);
    rivals = List.copyOf(rivals);
  }
}
