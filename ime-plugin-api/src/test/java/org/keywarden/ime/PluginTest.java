package org.keywarden.ime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.proto.capability.Possession;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.CandidateClick;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.input.v1.PreeditEnd;
import org.keywarden.proto.plugin.v1.ActionRefused;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.CompositionReset;
import org.keywarden.proto.plugin.v1.DeriveCapabilityRequest;
import org.keywarden.proto.plugin.v1.KeyAnswer;
import org.keywarden.proto.plugin.v1.Refusal;
import org.keywarden.proto.plugin.v1.Register;

final class PluginTest {
  private static final int KEY = 32;

  @TempDir Path directory;

  private final Script author = new Script();
  private FakeBroker broker;
  private RunningPlugin plugin;

  @BeforeEach
  void start() throws IOException {
    Path socket = directory.resolve("socket");
    broker = new FakeBroker(socket);
    plugin = new RunningPlugin(author, socket);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private FakeBroker.Grant live() throws InterruptedException {
    broker.accept();
    FakeBroker.Grant grant = broker.grant(1, "token");
    assertEquals("begin 1", author.call());
    return grant;
  }

  private static List<String> shown(KeyAnswer answer) {
    return answer.getActionsList().stream().map(PluginTest::shown).toList();
  }

  private static String shown(Action action) {
    return switch (action.getActionCase()) {
      case COMMIT -> "commit " + action.getCommit();
      case PREEDIT -> "preedit " + action.getPreedit().getText();
      case CANDIDATES -> "candidates " + action.getCandidates().getTextsList();
      case AUXILIARY -> "auxiliary " + action.getAuxiliary().getText();
      case PROPERTIES -> "menu of " + action.getProperties().getItemsCount();
      case DELETE_SURROUNDING, FORWARD_KEY, ACTION_NOT_SET -> action.getActionCase().name();
    };
  }

  private static ComposeResponse reset() {
    return ComposeResponse.newBuilder()
        .setCompositionReset(CompositionReset.getDefaultInstance())
        .build();
  }

  private static ComposeResponse click(int index) {
    return ComposeResponse.newBuilder()
        .setCandidateClicked(CandidateClick.newBuilder().setIndex(index).setButton(1))
        .build();
  }

  @Test
  void registersWithAProofOverTheNonceOfTheConnection() throws Exception {
    Register register = broker.welcome();
    assertEquals(RunningPlugin.ID, register.getPluginId());
    byte[] key = register.getHolderKey().toByteArray();
    assertEquals(KEY, key.length);
    assertTrue(
        broker.isByHolder(
            Possession.toRegister(FakeBroker.NONCE.toByteArray(), key),
            register.getProof().toByteArray()));
    assertFalse(
        broker.isByHolder(
            Possession.toRegister(new byte[KEY], new byte[KEY]),
            register.getProof().toByteArray()));
  }

  @Test
  void presentsTheTokenItWasOfferedWithAProof() throws Exception {
    FakeBroker.Grant grant = live();
    assertArrayEquals("token".getBytes(StandardCharsets.UTF_8), grant.token());
    assertTrue(grant.isProven());
    assertEquals(
        new FieldInfo(Purpose.EMAIL, Set.of(), Set.of(Right.RECEIVE_KEYS, Right.COMMIT_TEXT), true),
        author.field);
  }

  @Test
  void answersKeysInOrderWithWhatTheyCaused() throws Exception {
    FakeBroker.Grant grant = live();
    grant.key(7, 'a');
    grant.key(8, 'b');
    grant.tell(WireKeys.of(9, 'b', KeyAction.KEY_ACTION_RELEASE));
    grant.tell(WireKeys.of(10, 'c', KeyAction.KEY_ACTION_REPEAT));
    grant.key(11, '!');
    KeyAnswer first = grant.next().getAnswer();
    assertEquals(7, first.getSequence());
    assertTrue(first.getHandled());
    assertEquals(List.of("preedit a"), shown(first));
    assertEquals(1, first.getActions(0).getPreedit().getCursor());
    assertEquals(PreeditEnd.PREEDIT_END_COMMIT, first.getActions(0).getPreedit().getEnd());
    assertEquals(8, grant.next().getAnswer().getSequence());
    KeyAnswer release = grant.next().getAnswer();
    assertEquals(9, release.getSequence());
    assertFalse(release.getHandled());
    assertFalse(author.calls.contains("release 1"), "without the right to see releases");
    assertEquals(List.of("preedit abc"), shown(grant.next().getAnswer()));
    KeyAnswer last = grant.next().getAnswer();
    assertEquals(11, last.getSequence());
    assertEquals(List.of("preedit ", "commit abc"), shown(last));
  }

  @Test
  void sendsARenewalOnTheGrantsStreamAndGoesOn() throws Exception {
    FakeBroker.Grant grant = live();
    grant.key(1, 'a');
    broker.renew(1, "newer");
    broker.renew(2, "of a grant that is not there");
    assertTrue(grant.next().hasAnswer());
    assertEquals("newer", grant.next().getRenewal().toStringUtf8());
    grant.key(2, 'b');
    assertEquals(List.of("preedit ab"), shown(grant.next().getAnswer()));
  }

  @Test
  void beginsAfreshWhenTheApplicationDropsTheComposition() throws Exception {
    FakeBroker.Grant grant = live();
    grant.key(1, 'a');
    grant.tell(reset());
    grant.key(2, 'b');
    assertEquals(List.of("preedit a"), shown(grant.next().getAnswer()));
    assertEquals(List.of("preedit b"), shown(grant.next().getAnswer()));
    assertEquals("reset 1", author.call());
    assertEquals("begin 2", author.call());
  }

  @Test
  void forgetsTheCompositionWhenTheStreamIsReset() throws Exception {
    FakeBroker.Grant grant = live();
    grant.key(1, 'a');
    grant.next();
    grant.reset();
    assertEquals("reset 1", author.call());
    FakeBroker.Grant second = broker.grant(2, "second");
    assertEquals("begin 2", author.call());
    second.key(2, 'b');
    assertEquals(List.of("preedit b"), shown(second.next().getAnswer()));
    assertEquals("", plugin.log());
  }

  @Test
  void endsTheStreamOfAGrantThatWasRevoked() throws Exception {
    FakeBroker.Grant grant = live();
    broker.revoke(1);
    assertEquals("cancelled", grant.end());
    assertEquals("reset 1", author.call());
  }

  @Test
  void neverBeginsWhenTheGrantIsGoneBeforeItIsOpened() throws Exception {
    broker.accept();
    broker.offer(1, "token");
    broker.presented().reset();
    broker.grant(2, "second");
    assertEquals("begin 1", author.call());
    assertEquals(0, author.calls.size());
  }

  @Test
  void aFaultOfTheAuthorsCostsNeitherTheKeyNorTheTextShown() throws Exception {
    FakeBroker.Grant grant = live();
    grant.key(1, 'a');
    grant.key(2, 'x');
    grant.key(3, 'b');
    assertTrue(grant.next().getAnswer().getHandled());
    KeyAnswer faulty = grant.next().getAnswer();
    assertEquals(2, faulty.getSequence());
    assertFalse(faulty.getHandled());
    assertEquals(List.of("preedit ", "commit a"), shown(faulty));
    assertEquals(List.of("preedit b"), shown(grant.next().getAnswer()));
    assertEquals("reset 1", author.call());
    assertEquals("begin 2", author.call());
    assertTrue(plugin.log().contains("onKey threw java.lang.IllegalStateException"));
    assertTrue(plugin.log().contains(Script.class.getName()));
    assertFalse(plugin.log().contains("typed"));
  }

  @Test
  void faultsElsewhereArePrintedAndTypingGoesOn() throws Exception {
    FakeBroker.Grant grant = live();
    grant.tell(
        ComposeResponse.newBuilder()
            .setSurroundingText(org.keywarden.proto.input.v1.SurroundingText.getDefaultInstance())
            .build());
    grant.key(1, 'a');
    grant.tell(click(9));
    assertEquals(List.of("preedit a"), shown(grant.next().getAnswer()));
    assertEquals("preedit ", shown(grant.next().getAction()));
    assertEquals("commit a", shown(grant.next().getAction()));
    assertTrue(plugin.log().contains("surroundingChanged threw"));
    assertTrue(plugin.log().contains("candidateClicked threw"));
    assertFalse(plugin.log().contains("typed"));
  }

  @Test
  void candidateClicksAndSurroundingTextReachTheComposition() throws Exception {
    FakeBroker.Grant grant = live();
    grant.tell(
        ComposeResponse.newBuilder()
            .setSurroundingText(
                org.keywarden.proto.input.v1.SurroundingText.newBuilder()
                    .setText("around")
                    .setCursor(3)
                    .setAnchor(2))
            .build());
    grant.tell(click(4));
    assertEquals("preedit ", shown(grant.next().getAction()));
    assertEquals("commit candidate 4", shown(grant.next().getAction()));
    assertEquals(new SurroundingText("around", 3, 2), author.surrounding);
  }

  @Test
  void lateEditsGoOutUntilTheCompositionIsReset() throws Exception {
    FakeBroker.Grant grant = live();
    Outbound outbound = author.outbound();
    outbound.send(Edits.none().candidates(List.of("one"), 0));
    assertEquals("candidates [one]", shown(grant.next().getAction()));
    grant.tell(reset());
    assertEquals("reset 1", author.call());
    outbound.send(Edits.none().commit("too late"));
    author.outbound().send(Edits.none().commit("in time"));
    assertEquals("commit in time", shown(grant.next().getAction()));
  }

  @Test
  void derivesAChildOfTheNewestToken() throws Exception {
    FakeBroker.Grant grant = live();
    Outbound outbound = author.outbound();
    broker.renew(1, "newest");
    assertEquals("newest", grant.next().getRenewal().toStringUtf8());
    ChildToken child =
        outbound
            .derive(Set.of(Right.COMMIT_TEXT), Duration.ofSeconds(2), new byte[KEY])
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    assertEquals("newest", new String(child.bytes(), StandardCharsets.UTF_8));
    assertEquals("ChildToken[]", child.toString());
    DeriveCapabilityRequest request = broker.derivation();
    assertEquals(
        List.of(org.keywarden.proto.input.v1.Right.RIGHT_COMMIT_TEXT), request.getRightsList());
    assertEquals(2_000, request.getLifetimeMs());
  }

  @Test
  void saysByNameWhyNoChildIsDerived() throws Exception {
    FakeBroker.Grant grant = live();
    Outbound outbound = author.outbound();
    assertEquals("DERIVATION_REFUSED", refusalOf(outbound));
    grant.reset();
    assertEquals("reset 1", author.call());
    assertEquals("GRANT_NOT_LIVE", refusalOf(outbound));
    assertThrows(
        IllegalArgumentException.class,
        () -> outbound.derive(Set.of(Right.RECEIVE_KEYS), Duration.ofSeconds(1), new byte[KEY]));
  }

  private static String refusalOf(Outbound outbound) {
    ExecutionException failure =
        assertThrows(
            ExecutionException.class,
            () ->
                outbound
                    .derive(Set.of(Right.COMMIT_TEXT), Duration.ofMillis(1), new byte[KEY])
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS));
    return failure.getCause() instanceof DerivationRefused refused ? refused.reason() : "?";
  }

  @Test
  void aRefusedEditIsLoggedByNameOnceForEachField() throws Exception {
    FakeBroker.Grant grant = live();
    ComposeResponse refused =
        ComposeResponse.newBuilder()
            .setActionRefused(
                ActionRefused.newBuilder().setRefusal(Refusal.REFUSAL_TEXT_NOT_ALLOWED))
            .build();
    grant.tell(refused);
    grant.tell(refused);
    grant.key(1, 'a');
    ComposeRequest answer = grant.next();
    assertTrue(answer.hasAnswer());
    assertEquals(1, plugin.log().split("REFUSAL_TEXT_NOT_ALLOWED", -1).length - 1);
  }

  @Test
  void endsWithZeroWhenTheBrokerGoesAway() throws Exception {
    live();
    broker.vanish();
    assertEquals(new Ending(0, ""), plugin.ending());
    assertEquals("reset 1", author.call());
  }

  @Test
  void endsWithZeroWhenTheBrokerEndsTheSession() throws Exception {
    broker.accept();
    broker.complete();
    assertEquals(0, plugin.ending().status());
  }

  @Test
  void compositionsAreResetBeforeASessionThatEndedIsLeft() throws Exception {
    live();
    broker.complete();
    assertEquals(0, plugin.ending().status());
    assertEquals("reset 1", author.calls.poll());
  }

  @Test
  void saysWhyItWasNotRegistered() throws Exception {
    broker.welcome();
    broker.refuse(Reason.REASON_PEER_NOT_ALLOWED);
    Ending ending = plugin.ending();
    assertEquals(77, ending.status());
    assertTrue(ending.sentence().contains(RunningPlugin.ID));
    assertTrue(ending.sentence().contains("PEER_NOT_ALLOWED"));
  }

  @Test
  void saysThatNobodyServesTheSocket() throws Exception {
    Path nobody = directory.resolve("nobody");
    Ending missing = new RunningPlugin(author, nobody).ending();
    assertEquals(69, missing.status());
    assertTrue(missing.sentence().contains(nobody.toString()));
    Path plainFile = Files.writeString(directory.resolve("file"), "");
    assertEquals(69, new RunningPlugin(author, plainFile).ending().status());
  }

  @Test
  void saysWhichVariableIsMissing() {
    Ending noSocket = Plugin.serve(author, Map.of("KEYWARDEN_PLUGIN_ID", "id"), System.err);
    assertEquals(64, noSocket.status());
    assertTrue(noSocket.sentence().contains("KEYWARDEN_SOCKET is not set"));
    Ending noId = Plugin.serve(author, Map.of("KEYWARDEN_SOCKET", "/socket"), System.err);
    assertEquals(64, noId.status());
    assertTrue(noId.sentence().contains("KEYWARDEN_PLUGIN_ID is not set"));
  }

  @Test
  void aFailingBeginLeavesTheKeysToTheApplication() throws Exception {
    Path socket = directory.resolve("other");
    try (FakeBroker other = new FakeBroker(socket)) {
      RunningPlugin failing =
          new RunningPlugin(
              field -> {
                throw new LinkageError("a class is missing");
              },
              socket);
      other.accept();
      FakeBroker.Grant grant = other.grant(1, "token");
      grant.key(1, 'a');
      assertFalse(grant.next().getAnswer().getHandled());
      assertTrue(failing.log().contains("begin threw java.lang.LinkageError"));
    }
  }
}
