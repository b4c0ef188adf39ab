package org.keywarden.wayland.wire;

/** The other end sent what is no message here; the connection cannot go on. */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param problem says what is wrong, with nothing of the content
   */
  public MalformedMessage(String problem) {
    super(problem);
  }
}
