package org.keywarden.broker.rpc;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keywarden.broker.capability.RightCodec;
import org.keywarden.broker.seat.Action;
import org.keywarden.broker.seat.CandidateClick;
import org.keywarden.broker.seat.CandidatesMove;
import org.keywarden.broker.seat.ContentType;
import org.keywarden.broker.seat.Hint;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.KeyAction;
import org.keywarden.broker.seat.Purpose;
import org.keywarden.broker.seat.SurroundingText;
import org.keywarden.policy.Right;

/**
 * Turns the messages of {@code keywarden.input.v1} into the seat's types and back, at the edge and
 * nowhere else.
 */
public final class InputMessages {
  private InputMessages() {}

  public static Key key(org.keywarden.proto.input.v1.Key key) {
    return new Key(
        key.getKeysym(), key.getKeycode(), key.getModifiers(), keyAction(key.getAction()));
  }

  private static KeyAction keyAction(org.keywarden.proto.input.v1.KeyAction action) {
    return switch (action) {
      case KEY_ACTION_PRESS -> KeyAction.PRESS;
      case KEY_ACTION_RELEASE -> KeyAction.RELEASE;
      case KEY_ACTION_REPEAT -> KeyAction.REPEAT;
      case KEY_ACTION_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the schema check lets no such key action through");
    };
  }

  public static org.keywarden.proto.input.v1.Key key(Key key) {
    return org.keywarden.proto.input.v1.Key.newBuilder()
        .setKeysym(key.keysym())
        .setKeycode(key.keycode())
        .setModifiers(key.modifiers())
        .setAction(
            switch (key.action()) {
              case PRESS -> org.keywarden.proto.input.v1.KeyAction.KEY_ACTION_PRESS;
              case RELEASE -> org.keywarden.proto.input.v1.KeyAction.KEY_ACTION_RELEASE;
              case REPEAT -> org.keywarden.proto.input.v1.KeyAction.KEY_ACTION_REPEAT;
            })
        .build();
  }

  /**
   * Purposes this broker does not know become {@link Purpose#UNKNOWN}, which is secret; unknown
   * hints are dropped.
   */
  public static ContentType contentType(org.keywarden.proto.input.v1.ContentType type) {
    Set<Hint> hints = EnumSet.noneOf(Hint.class);
    for (org.keywarden.proto.input.v1.Hint hint : type.getHintsList()) {
      switch (hint) {
        case HINT_HIDDEN_TEXT -> hints.add(Hint.HIDDEN_TEXT);
        case HINT_SENSITIVE -> hints.add(Hint.SENSITIVE);
        case HINT_PRIVATE -> hints.add(Hint.PRIVATE);
        case HINT_MULTILINE -> hints.add(Hint.MULTILINE);
        case HINT_LATIN -> hints.add(Hint.LATIN);
        case HINT_SPELLCHECK -> hints.add(Hint.SPELLCHECK);
        case HINT_COMPLETION -> hints.add(Hint.COMPLETION);
        case HINT_UNSPECIFIED, UNRECOGNIZED -> {}
      }
    }
    return new ContentType(purpose(type.getPurpose()), hints, type.getSecret());
  }

  private static Purpose purpose(org.keywarden.proto.input.v1.Purpose purpose) {
    return switch (purpose) {
      case PURPOSE_UNSPECIFIED, UNRECOGNIZED -> Purpose.UNKNOWN;
      case PURPOSE_FREE_FORM -> Purpose.FREE_FORM;
      case PURPOSE_ALPHA -> Purpose.ALPHA;
      case PURPOSE_DIGITS -> Purpose.DIGITS;
      case PURPOSE_NUMBER -> Purpose.NUMBER;
      case PURPOSE_PHONE -> Purpose.PHONE;
      case PURPOSE_URL -> Purpose.URL;
      case PURPOSE_EMAIL -> Purpose.EMAIL;
      case PURPOSE_NAME -> Purpose.NAME;
      case PURPOSE_PASSWORD -> Purpose.PASSWORD;
      case PURPOSE_PIN -> Purpose.PIN;
      case PURPOSE_TERMINAL -> Purpose.TERMINAL;
      case PURPOSE_DATE -> Purpose.DATE;
      case PURPOSE_TIME -> Purpose.TIME;
      case PURPOSE_DATETIME -> Purpose.DATETIME;
    };
  }

  /** Only of fields that are not secret: a plugin is told of no others. */
  public static org.keywarden.proto.input.v1.ContentType contentType(ContentType type) {
    org.keywarden.proto.input.v1.ContentType.Builder builder =
        org.keywarden.proto.input.v1.ContentType.newBuilder()
            .setPurpose(WireEnums.purpose(type.purpose()));
    for (Hint hint : type.hints()) {
      builder.addHints(WireEnums.hint(hint));
    }
    return builder.build();
  }

  public static SurroundingText surrounding(org.keywarden.proto.input.v1.SurroundingText text) {
    int length = text.getText().codePointCount(0, text.getText().length());
    return new SurroundingText(
        text.getText(), Math.min(text.getCursor(), length), Math.min(text.getAnchor(), length));
  }

  public static org.keywarden.proto.input.v1.SurroundingText surrounding(SurroundingText text) {
    return org.keywarden.proto.input.v1.SurroundingText.newBuilder()
        .setText(text.text())
        .setCursor(text.cursor())
        .setAnchor(text.anchor())
        .build();
  }

  public static List<Action> actions(List<org.keywarden.proto.input.v1.Action> actions) {
    return actions.stream().map(InputMessages::action).toList();
  }

  public static Action action(org.keywarden.proto.input.v1.Action action) {
    return switch (action.getActionCase()) {
      case COMMIT -> new Action.Commit(action.getCommit());
      case PREEDIT -> new Action.ShowPreedit(ShownMessages.preedit(action.getPreedit()));
      case CANDIDATES ->
          new Action.ShowCandidates(ShownMessages.candidates(action.getCandidates()));
      case DELETE_SURROUNDING ->
          new Action.DeleteSurrounding(
              action.getDeleteSurrounding().getOffset(), action.getDeleteSurrounding().getCount());
      case FORWARD_KEY -> new Action.ForwardKey();
      case AUXILIARY -> new Action.ShowAuxiliary(action.getAuxiliary().getText());
      case PROPERTIES ->
          new Action.ShowProperties(ShownMessages.properties(action.getProperties()));
      case ACTION_NOT_SET ->
          throw new IllegalArgumentException("the schema check lets no empty action through");
    };
  }

  public static CandidateClick click(org.keywarden.proto.input.v1.CandidateClick click) {
    return new CandidateClick(click.getIndex(), click.getButton(), click.getModifiers());
  }

  public static org.keywarden.proto.input.v1.CandidateClick click(CandidateClick click) {
    return org.keywarden.proto.input.v1.CandidateClick.newBuilder()
        .setIndex(click.index())
        .setButton(click.button())
        .setModifiers(click.modifiers())
        .build();
  }

  public static CandidatesMove move(org.keywarden.proto.input.v1.CandidatesMove move) {
    return switch (move) {
      case CANDIDATES_MOVE_PAGE_UP -> CandidatesMove.PAGE_UP;
      case CANDIDATES_MOVE_PAGE_DOWN -> CandidatesMove.PAGE_DOWN;
      case CANDIDATES_MOVE_CURSOR_UP -> CandidatesMove.CURSOR_UP;
      case CANDIDATES_MOVE_CURSOR_DOWN -> CandidatesMove.CURSOR_DOWN;
      case CANDIDATES_MOVE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the schema check lets no such move through");
    };
  }

  public static Set<Right> rights(List<org.keywarden.proto.input.v1.Right> rights) {
    return rights.stream().map(RightCodec::fromWire).collect(Collectors.toUnmodifiableSet());
  }

  /** In ascending order. */
  public static List<org.keywarden.proto.input.v1.Right> rights(Set<Right> rights) {
    return rights.stream().sorted().map(RightCodec::toWire).toList();
  }
}
