package org.keywarden.ibus.bus;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of D-Bus authentication: EXTERNAL only, no descriptors (D-Bus Specification,
 * "Authentication Protocol").
 */
public final class SaslServer {
  private static final int MOST_REJECTIONS = 6;
  private static final int ANYBODY = -1;
  private static final String REJECTED = "REJECTED EXTERNAL";

  private enum State {
    WAITING_FOR_AUTH,
    WAITING_FOR_DATA,
    WAITING_FOR_BEGIN,
    BEGUN,
    FAILED
  }

  private final int uid;
  private final String guid;
  private State state = State.WAITING_FOR_AUTH;
  private int rejections;

  /**
   * For a peer that is known already: whatever user it says it is counts for nothing. In a user
   * namespace of its own it has another number than the kernel names to us.
   */
  public SaslServer(String guid) {
    this(ANYBODY, guid);
  }

  /**
   * @param uid of the peer, as the kernel says
   * @param guid 32 hexadecimal digits, the same as in the address
   */
  public SaslServer(int uid, String guid) {
    this.uid = uid;
    this.guid = guid;
  }

  /** Binary messages follow. */
  public boolean begun() {
    return state == State.BEGUN;
  }

  /** The connection is to be closed. */
  public boolean failed() {
    return state == State.FAILED;
  }

  /**
   * Takes one line without its end.
   *
   * @return the answer without its end, null for none
   */
  public @Nullable String line(String line) {
    int space = line.indexOf(' ');
    String command = space < 0 ? line : line.substring(0, space);
    String rest = space < 0 ? "" : line.substring(space + 1).strip();
    return switch (command) {
      case "AUTH" -> auth(rest);
      case "DATA" -> state == State.WAITING_FOR_DATA ? identify(rest) : "ERROR";
      case "CANCEL", "ERROR" -> reject();
      case "NEGOTIATE_UNIX_FD" -> "ERROR descriptors are not accepted";
      case "BEGIN" -> {
        state = state == State.WAITING_FOR_BEGIN ? State.BEGUN : State.FAILED;
        yield null;
      }
      default -> "ERROR unknown command";
    };
  }

  private String auth(String rest) {
    if (state != State.WAITING_FOR_AUTH) {
      return "ERROR";
    }
    if (rest.equals("EXTERNAL")) {
      state = State.WAITING_FOR_DATA;
      return "DATA";
    }
    return rest.startsWith("EXTERNAL ") ? identify(rest.substring(9).strip()) : reject();
  }

  private String identify(String hex) {
    String claim;
    try {
      claim = new String(HexFormat.of().parseHex(hex), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return reject();
    }
    if (uid != ANYBODY && !claim.isEmpty() && !claim.equals(Integer.toString(uid))) {
      return reject();
    }
    state = State.WAITING_FOR_BEGIN;
    return "OK " + guid;
  }

  private String reject() {
    state = ++rejections >= MOST_REJECTIONS ? State.FAILED : State.WAITING_FOR_AUTH;
    return REJECTED;
  }
}
