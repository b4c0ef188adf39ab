package org.keywarden.broker.rpc;

import com.google.protobuf.Message;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.Preedit;
import org.keywarden.proto.input.v1.PreeditEnd;
import org.keywarden.proto.input.v1.Segment;
import org.keywarden.proto.input.v1.SegmentStyle;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.KeyAnswer;

/**
 * Knows the answers to keys that keep their schema beyond doubt, by looking at their fields alone:
 * they come once for each key, and evaluating the schema's rules takes longer than all else the
 * broker does for a key. Of everything else it knows nothing.
 */
final class PlainAnswer {
  private static final int MOST_ACTIONS = 16;
  private static final int MOST_SEGMENTS = 32;

  /** In UTF-16 units, of which a text has at least as many as code points. */
  private static final int LONGEST_TEXT = 1024;

  private PlainAnswer() {}

  /** Whether this is an answer to a key that breaks no rule; false if it may break one. */
  static boolean is(Message message) {
    return message instanceof ComposeRequest request
        && request.getMessageCase() == ComposeRequest.MessageCase.ANSWER
        && isPlain(request)
        && keepsRules(request.getAnswer());
  }

  private static boolean keepsRules(KeyAnswer answer) {
    int actions = answer.getActionsCount();
    if (!isPlain(answer) || actions > MOST_ACTIONS) {
      return false;
    }
    for (int i = 0; i < actions; i++) {
      if (!keepsRules(answer.getActions(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean keepsRules(Action action) {
    return isPlain(action)
        && switch (action.getActionCase()) {
          case COMMIT -> !action.getCommit().isEmpty() && fits(action.getCommit());
          case PREEDIT -> keepsRules(action.getPreedit());
          case FORWARD_KEY -> isPlain(action.getForwardKey());
          case CANDIDATES, DELETE_SURROUNDING, AUXILIARY, PROPERTIES, ACTION_NOT_SET -> false;
        };
  }

  private static boolean keepsRules(Preedit preedit) {
    return isPlain(preedit)
        && fits(preedit.getText())
        && preedit.getCursor() >= 0
        && preedit.getCursor() <= LONGEST_TEXT
        && preedit.getEnd() != PreeditEnd.UNRECOGNIZED
        && segmentsKeepRules(preedit);
  }

  private static boolean segmentsKeepRules(Preedit preedit) {
    int segments = preedit.getSegmentsCount();
    if (segments > MOST_SEGMENTS) {
      return false;
    }
    for (int i = 0; i < segments; i++) {
      if (!keepsRules(preedit.getSegments(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean keepsRules(Segment segment) {
    return isPlain(segment)
        && segment.getStart() >= 0
        && segment.getStart() <= LONGEST_TEXT
        && segment.getEnd() >= 0
        && segment.getEnd() <= LONGEST_TEXT
        && segment.getStyle() != SegmentStyle.UNRECOGNIZED
        && segment.getStyle() != SegmentStyle.SEGMENT_STYLE_UNSPECIFIED;
  }

  private static boolean fits(String text) {
    return text.length() <= LONGEST_TEXT;
  }

  /** Without unknown fields of its own. */
  private static boolean isPlain(Message message) {
    return message.getUnknownFields().isEmpty();
  }
}
