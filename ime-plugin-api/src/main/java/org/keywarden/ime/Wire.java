package org.keywarden.ime;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.Auxiliary;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.ForwardKey;
import org.keywarden.proto.plugin.v1.GrantOffered;
import org.keywarden.proto.plugin.v1.KeyAnswer;
import org.keywarden.proto.plugin.v1.KeyDelivery;

/** The vocabulary of authors, translated to and from that of the wire. */
final class Wire {
  private static final Action FORWARD =
      Action.newBuilder().setForwardKey(ForwardKey.getDefaultInstance()).build();

  private Wire() {}

  static Key key(org.keywarden.proto.input.v1.Key key) {
    Key.Kind kind =
        switch (key.getAction()) {
          case KEY_ACTION_PRESS -> Key.Kind.PRESS;
          case KEY_ACTION_REPEAT -> Key.Kind.REPEAT;
          // Of a kind this version does not know: a release causes least.
          case KEY_ACTION_RELEASE, KEY_ACTION_UNSPECIFIED, UNRECOGNIZED -> Key.Kind.RELEASE;
        };
    return new Key(key.getKeysym(), key.getKeycode(), key.getModifiers(), kind);
  }

  static KeyAnswer answer(KeyDelivery delivery, Response response) {
    KeyAnswer.Builder answer =
        KeyAnswer.newBuilder().setSequence(delivery.getSequence()).setHandled(response.isHandled());
    List<Edit> edits = response.edits().list();
    for (int i = 0; i < edits.size(); i++) {
      answer.addActions(action(edits.get(i)));
    }
    return answer.build();
  }

  static Action action(Edit edit) {
    return switch (edit) {
      case Edit.Commit commit -> Action.newBuilder().setCommit(commit.text()).build();
      case Edit.Preedit preedit -> ShownWire.preedit(preedit);
      case Edit.Candidates candidates -> ShownWire.candidates(candidates);
      case Edit.DeleteSurrounding deletion ->
          Action.newBuilder()
              .setDeleteSurrounding(
                  org.keywarden.proto.input.v1.DeleteSurrounding.newBuilder()
                      .setOffset(deletion.offset())
                      .setCount(deletion.count()))
              .build();
      case Edit.ForwardKey forward -> FORWARD;
      case Edit.Auxiliary auxiliary ->
          Action.newBuilder()
              .setAuxiliary(Auxiliary.newBuilder().setText(auxiliary.text()))
              .build();
      case Edit.Properties properties -> ShownWire.properties(properties);
    };
  }

  static SurroundingText surrounding(org.keywarden.proto.input.v1.SurroundingText text) {
    return new SurroundingText(text.getText(), text.getCursor(), text.getAnchor());
  }

  static FieldInfo field(GrantOffered offer) {
    ContentType type = offer.getContentType();
    return new FieldInfo(
        purpose(type),
        hints(type),
        rights(offer.getRightsList()),
        offer.getLearning(),
        offer.getInputMethod());
  }

  static CandidateClick click(org.keywarden.proto.input.v1.CandidateClick click) {
    return new CandidateClick(click.getIndex(), click.getButton(), click.getModifiers());
  }

  /** Null for one that this version does not know. */
  static @Nullable CandidatesMove move(org.keywarden.proto.input.v1.CandidatesMove move) {
    return switch (move) {
      case CANDIDATES_MOVE_PAGE_UP -> CandidatesMove.PAGE_UP;
      case CANDIDATES_MOVE_PAGE_DOWN -> CandidatesMove.PAGE_DOWN;
      case CANDIDATES_MOVE_CURSOR_UP -> CandidatesMove.CURSOR_UP;
      case CANDIDATES_MOVE_CURSOR_DOWN -> CandidatesMove.CURSOR_DOWN;
      case CANDIDATES_MOVE_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  private static Purpose purpose(ContentType type) {
    return switch (type.getPurpose()) {
      case PURPOSE_FREE_FORM -> Purpose.FREE_FORM;
      case PURPOSE_ALPHA -> Purpose.ALPHA;
      case PURPOSE_DIGITS -> Purpose.DIGITS;
      case PURPOSE_NUMBER -> Purpose.NUMBER;
      case PURPOSE_PHONE -> Purpose.PHONE;
      case PURPOSE_URL -> Purpose.URL;
      case PURPOSE_EMAIL -> Purpose.EMAIL;
      case PURPOSE_NAME -> Purpose.NAME;
      case PURPOSE_TERMINAL -> Purpose.TERMINAL;
      case PURPOSE_DATE -> Purpose.DATE;
      case PURPOSE_TIME -> Purpose.TIME;
      case PURPOSE_DATETIME -> Purpose.DATETIME;
      case PURPOSE_UNSPECIFIED, PURPOSE_PASSWORD, PURPOSE_PIN, UNRECOGNIZED -> Purpose.OTHER;
    };
  }

  private static Set<Hint> hints(ContentType type) {
    Set<Hint> hints = EnumSet.noneOf(Hint.class);
    for (org.keywarden.proto.input.v1.Hint hint : type.getHintsList()) {
      switch (hint) {
        case HINT_PRIVATE -> hints.add(Hint.PRIVATE);
        case HINT_MULTILINE -> hints.add(Hint.MULTILINE);
        case HINT_LATIN -> hints.add(Hint.LATIN);
        case HINT_SPELLCHECK -> hints.add(Hint.SPELLCHECK);
        case HINT_COMPLETION -> hints.add(Hint.COMPLETION);
        case HINT_UNSPECIFIED, HINT_HIDDEN_TEXT, HINT_SENSITIVE, UNRECOGNIZED -> {}
      }
    }
    return hints;
  }

  private static Set<Right> rights(List<org.keywarden.proto.input.v1.Right> given) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (org.keywarden.proto.input.v1.Right right : given) {
      switch (right) {
        case RIGHT_RECEIVE_KEYS -> rights.add(Right.RECEIVE_KEYS);
        case RIGHT_SET_PREEDIT -> rights.add(Right.SET_PREEDIT);
        case RIGHT_COMMIT_TEXT -> rights.add(Right.COMMIT_TEXT);
        case RIGHT_SHOW_CANDIDATES -> rights.add(Right.SHOW_CANDIDATES);
        case RIGHT_READ_SURROUNDING -> rights.add(Right.READ_SURROUNDING);
        case RIGHT_DELETE_SURROUNDING -> rights.add(Right.DELETE_SURROUNDING);
        case RIGHT_FORWARD_KEY -> rights.add(Right.FORWARD_KEY);
        case RIGHT_RECEIVE_RELEASES -> rights.add(Right.RECEIVE_RELEASES);
        case RIGHT_SHOW_PROPERTIES -> rights.add(Right.SHOW_PROPERTIES);
        case RIGHT_UNSPECIFIED, UNRECOGNIZED -> {}
      }
    }
    return rights;
  }

  static org.keywarden.proto.input.v1.Right right(Right right) {
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
}
