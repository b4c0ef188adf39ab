package org.keywarden.broker.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.Candidates;
import org.keywarden.proto.input.v1.DeleteSurrounding;
import org.keywarden.proto.input.v1.ForwardKey;
import org.keywarden.proto.input.v1.Preedit;
import org.keywarden.proto.input.v1.Segment;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.KeyAnswer;

/** Whatever is called a plain answer keeps the schema's rules. */
final class PlainAnswerTest {
  private static final int TRIALS = 100_000;
  private static final int[] LENGTHS = {0, 1, 2, 511, 512, 513, 1023, 1024, 1025, 2048};
  private static final int[] NUMBERS = {0, 1, 2, 1023, 1024, 1025, -1, Integer.MIN_VALUE};
  private static final String[] CHARACTERS = {"a", "か", "\uD83D\uDE00"};
  private static final UnknownFieldSet UNKNOWN =
      UnknownFieldSet.newBuilder()
          .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  private final SchemaCheck schema = new SchemaCheck();

  private static ComposeRequest answer(Action... actions) {
    return ComposeRequest.newBuilder()
        .setAnswer(
            KeyAnswer.newBuilder()
                .setSequence(7)
                .setHandled(true)
                .addAllActions(java.util.List.of(actions)))
        .build();
  }

  @Test
  void whatInputMethodsAnswerIsPlain() {
    assertTrue(PlainAnswer.is(answer()));
    assertTrue(
        PlainAnswer.is(
            answer(
                Action.newBuilder().setPreedit(Preedit.getDefaultInstance()).build(),
                Action.newBuilder().setCommit("か").build(),
                Action.newBuilder()
                    .setPreedit(
                        Preedit.newBuilder()
                            .setText("な")
                            .setCursor(1)
                            .setEndValue(1)
                            .addSegments(Segment.newBuilder().setEnd(1).setStyleValue(5)))
                    .build())));
  }

  @Test
  void noRuleIsBrokenByAPlainAnswer() {
    long seed = 20261127;
    Random random = new Random(seed);
    int plain = 0;
    for (int i = 0; i < TRIALS; i++) {
      ComposeRequest request = request(random);
      if (PlainAnswer.is(request)) {
        plain++;
        assertNull(schema.ruleBroken(request), "seed " + seed + ", trial " + i);
      }
    }
    assertTrue(plain > TRIALS / 10, plain + " of " + TRIALS);
    assertTrue(plain < TRIALS, plain + " of " + TRIALS);
  }

  @Test
  void moreActionsThanAnAnswerMayHaveAreNotPlain() {
    Action commit = Action.newBuilder().setCommit("か").build();
    ComposeRequest most = answer(Collections.nCopies(16, commit).toArray(Action[]::new));
    ComposeRequest more = answer(Collections.nCopies(17, commit).toArray(Action[]::new));
    assertTrue(PlainAnswer.is(most));
    assertNull(schema.ruleBroken(most));
    assertFalse(PlainAnswer.is(more));
  }

  @Test
  void nothingElseIsPlain() {
    assertFalse(PlainAnswer.is(ComposeRequest.getDefaultInstance()));
    assertFalse(
        PlainAnswer.is(
            ComposeRequest.newBuilder().setRenewal(ByteString.copyFromUtf8("t")).build()));
    assertFalse(PlainAnswer.is(KeyAnswer.getDefaultInstance()));
  }

  private static ComposeRequest request(Random random) {
    ComposeRequest.Builder request = ComposeRequest.newBuilder();
    switch (random.nextInt(20)) {
      case 0 -> {}
      case 1 -> request.setAction(action(random));
      case 2 -> request.setRenewal(ByteString.copyFrom(new byte[random.nextInt(2100)]));
      default -> {
        KeyAnswer.Builder answer = KeyAnswer.newBuilder().setSequence(random.nextLong());
        int actions = random.nextInt(8) == 0 ? random.nextInt(15, 19) : random.nextInt(3);
        for (int i = 0; i < actions; i++) {
          answer.addActions(action(random));
        }
        if (rarely(random)) {
          answer.setUnknownFields(UNKNOWN);
        }
        request.setAnswer(answer);
      }
    }
    return rarely(random) ? request.setUnknownFields(UNKNOWN).build() : request.build();
  }

  private static Action action(Random random) {
    Action.Builder action = Action.newBuilder();
    switch (random.nextInt(10)) {
      case 0 -> {}
      case 1 -> action.setCandidates(Candidates.newBuilder().addTexts(text(random)));
      case 2 ->
          action.setDeleteSurrounding(
              DeleteSurrounding.newBuilder().setOffset(number(random)).setCount(number(random)));
      case 3 ->
          action.setForwardKey(
              rarely(random)
                  ? ForwardKey.newBuilder().setUnknownFields(UNKNOWN).build()
                  : ForwardKey.getDefaultInstance());
      case 4, 5, 6 -> action.setCommit(text(random));
      default -> {
        Preedit.Builder preedit = Preedit.newBuilder().setText(text(random));
        preedit.setCursor(number(random)).setEndValue(random.nextInt(-1, 3));
        int segments = rarely(random) ? random.nextInt(31, 35) : random.nextInt(2);
        for (int i = 0; i < segments; i++) {
          preedit.addSegments(segment(random));
        }
        action.setPreedit(rarely(random) ? preedit.setUnknownFields(UNKNOWN) : preedit);
      }
    }
    return rarely(random) ? action.setUnknownFields(UNKNOWN).build() : action.build();
  }

  private static Segment segment(Random random) {
    Segment.Builder segment =
        Segment.newBuilder()
            .setStart(random.nextInt(3))
            .setEnd(rarely(random) ? number(random) : 3)
            .setStyleValue(rarely(random) ? random.nextInt(-1, 8) : 1);
    return rarely(random) ? segment.setUnknownFields(UNKNOWN).build() : segment.build();
  }

  private static String text(Random random) {
    return CHARACTERS[random.nextInt(CHARACTERS.length)].repeat(
        LENGTHS[random.nextInt(LENGTHS.length)]);
  }

  private static int number(Random random) {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private static boolean rarely(Random random) {
    return random.nextInt(16) == 0;
  }
}
