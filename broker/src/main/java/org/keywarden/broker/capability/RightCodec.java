package org.keywarden.broker.capability;

import org.keywarden.policy.Right;

/** Rights as the contract has them. */
public final class RightCodec {
  private RightCodec() {}

  public static org.keywarden.proto.input.v1.Right toWire(Right right) {
    return switch (right) {
      case RECEIVE_KEYS -> org.keywarden.proto.input.v1.Right.RIGHT_RECEIVE_KEYS;
      case SET_PREEDIT -> org.keywarden.proto.input.v1.Right.RIGHT_SET_PREEDIT;
      case COMMIT_TEXT -> org.keywarden.proto.input.v1.Right.RIGHT_COMMIT_TEXT;
      case SHOW_CANDIDATES -> org.keywarden.proto.input.v1.Right.RIGHT_SHOW_CANDIDATES;
      case READ_SURROUNDING -> org.keywarden.proto.input.v1.Right.RIGHT_READ_SURROUNDING;
      case DELETE_SURROUNDING -> org.keywarden.proto.input.v1.Right.RIGHT_DELETE_SURROUNDING;
      case FORWARD_KEY -> org.keywarden.proto.input.v1.Right.RIGHT_FORWARD_KEY;
      case RECEIVE_RELEASES -> org.keywarden.proto.input.v1.Right.RIGHT_RECEIVE_RELEASES;
      case SHOW_PROPERTIES -> org.keywarden.proto.input.v1.Right.RIGHT_SHOW_PROPERTIES;
    };
  }

  /**
   * @throws IllegalArgumentException if the right is not known
   */
  public static Right fromWire(org.keywarden.proto.input.v1.Right right) {
    return switch (right) {
      case RIGHT_RECEIVE_KEYS -> Right.RECEIVE_KEYS;
      case RIGHT_SET_PREEDIT -> Right.SET_PREEDIT;
      case RIGHT_COMMIT_TEXT -> Right.COMMIT_TEXT;
      case RIGHT_SHOW_CANDIDATES -> Right.SHOW_CANDIDATES;
      case RIGHT_READ_SURROUNDING -> Right.READ_SURROUNDING;
      case RIGHT_DELETE_SURROUNDING -> Right.DELETE_SURROUNDING;
      case RIGHT_FORWARD_KEY -> Right.FORWARD_KEY;
      case RIGHT_RECEIVE_RELEASES -> Right.RECEIVE_RELEASES;
      case RIGHT_SHOW_PROPERTIES -> Right.SHOW_PROPERTIES;
      case RIGHT_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("right is not known");
    };
  }
}
