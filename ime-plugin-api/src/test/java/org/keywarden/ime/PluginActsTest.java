package org.keywarden.ime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.plugin.v1.CandidatesMoved;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.PropertyActivated;

/** What the user does with what an input method shows. */
final class PluginActsTest {
  @TempDir Path directory;

  private final Script author = new Script();
  private FakeBroker broker;

  @BeforeEach
  void start() throws IOException {
    Path socket = directory.resolve("socket");
    broker = new FakeBroker(socket);
    var unused = new RunningPlugin(author, socket);
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

  @Test
  void pagesTurnedAndPropertiesChosenReachTheComposition() throws Exception {
    FakeBroker.Grant grant = live();
    grant.tell(
        ComposeResponse.newBuilder()
            .setCandidatesMoved(
                CandidatesMoved.newBuilder()
                    .setMove(org.keywarden.proto.input.v1.CandidatesMove.CANDIDATES_MOVE_PAGE_DOWN))
            .build());
    assertEquals("PAGE_DOWN", grant.next().getAction().getAuxiliary().getText());
    grant.tell(
        ComposeResponse.newBuilder()
            .setCandidatesMoved(CandidatesMoved.newBuilder().setMoveValue(99))
            .build());
    grant.tell(
        ComposeResponse.newBuilder()
            .setPropertyActivated(PropertyActivated.newBuilder().setKey("mode").setChecked(true))
            .build());
    Action menu = grant.next().getAction();
    assertEquals(1, menu.getProperties().getItemsCount(), "a move that is not known is no move");
    assertEquals("mode", menu.getProperties().getItems(0).getKey());
    assertTrue(menu.getProperties().getItems(0).getChecked());
  }
}
