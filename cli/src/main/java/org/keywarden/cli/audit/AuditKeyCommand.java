package org.keywarden.cli.audit;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.KeyRotation;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The log's public key. */
@Command(
    name = "key",
    description = "Print the log's verifier keys, oldest first; the last one signs.",
    mixinStandardHelpOptions = true)
final class AuditKeyCommand implements Callable<Integer> {
  private static final long MILLIS = 1_000;

  @Mixin private AuditLog log = new AuditLog();
  @Mixin private Output output = new Output();

  @Option(
      names = "--rotate",
      description = "Begin to sign with a new key; the broker must not run.")
  private boolean rotate;

  @Override
  public Integer call() throws IOException {
    List<NoteKey> keys = KeyHistory.read(log.files());
    if (rotate) {
      KeyRotation.rotate(log.ownedState(), new SecureRandom(), System.currentTimeMillis() / MILLIS);
      keys = KeyHistory.read(log.files());
    }
    if (output.json()) {
      JsonArray array = new JsonArray();
      keys.forEach(key -> array.add(key.text()));
      output.printJson(array.toString());
    } else {
      keys.forEach(key -> output.println(key.text()));
    }
    return 0;
  }
}
