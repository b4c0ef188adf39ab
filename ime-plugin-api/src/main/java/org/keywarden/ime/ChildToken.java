package org.keywarden.ime;

/** A capability derived for a helper process: worthless without the helper's private key. */
public final class ChildToken {
  private final byte[] token;

  ChildToken(byte[] token) {
    this.token = token;
  }

  /** A copy of the token, as it is to be presented. */
  public byte[] bytes() {
    return token.clone();
  }

  /** Says nothing of the token. */
  @Override
  public String toString() {
    return "ChildToken[]";
  }
}
