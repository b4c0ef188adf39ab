package org.keywarden.sdk;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each SDK's script has each conversation. */
final class ConversationsTest {
  private static final Map<String, Launcher> SCRIPTS =
      new TreeMap<>(
          Map.of(
              "java",
              Launcher.ofJava(),
              "python3",
              Launcher.of("/usr/bin/python3", "-B", "python", "python/tests/script.py"),
              "node",
              Launcher.where(
                  Path.of("target/node/node_modules"),
                  "./keywarden test puts npm's packages there",
                  Launcher.of("node", "target/node/test/script.js"))));

  @TempDir Path work;

  @TestFactory
  Stream<DynamicTest> eachSdkHasEachConversation() throws IOException {
    List<Conversation> conversations = Conversation.in(Path.of("conversations"));
    assertFalse(conversations.isEmpty());
    return SCRIPTS.entrySet().stream()
        .flatMap(
            script ->
                conversations.stream()
                    .map(
                        each ->
                            DynamicTest.dynamicTest(
                                script.getKey() + ": " + each.name(),
                                () -> play(script.getValue(), each))));
  }

  private void play(Launcher launcher, Conversation conversation) throws Exception {
    try (Player player = new Player(launcher, Files.createTempDirectory(work, "played"))) {
      player.play(conversation);
    }
  }
}
