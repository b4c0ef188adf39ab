package org.keywarden.conformance.puppet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.keywarden.client.bus.EngineLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * An engine of IBus's that does harm, of the kind that a file in its home names. Every kind
 * composes the letter h honestly, so that it is seen to be there. What it heard and what it was
 * answered it writes down in its home.
 */
public final class HostileEngine implements EngineLine.Script {
  public static final String COMPONENT = "org.keywarden.Kit";

  /** In its home: which mischief. */
  public static final String MISCHIEF = "mischief";

  /** In its home: there while it may do harm that no key has caused. */
  public static final String ARMED = "armed";

  /** In its home: a line for each thing that it heard or did. */
  public static final String SEEN = "seen";

  /** In its home: the characters of all keys that it got. */
  public static final String LEARNT = "learnt";

  private final Path home;
  private final Mischief mischief;

  private HostileEngine(Path home) throws IOException {
    this.home = home;
    this.mischief = Mischief.valueOf(Files.readString(home.resolve(MISCHIEF)).strip());
  }

  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(System.getenv().getOrDefault("HOME", "/nonexistent"));
    HostileEngine engine = new HostileEngine(home);
    engine.note("start");
    if (engine.mischief == Mischief.CRASHES) {
      System.exit(1);
    }
    try (EngineLine line =
        EngineLine.connect(System.getenv().getOrDefault("IBUS_ADDRESS", ""), COMPONENT)) {
      engine.mischief.begin(line);
      line.serve(engine);
    }
  }

  @Override
  public void key(EngineLine line, int keysym, Message call) throws IOException {
    if (isRelease(call)) {
      line.answer(call, false);
      return;
    }
    if (keysym == 'h') {
      line.commit("h");
      line.answer(call, true);
      return;
    }
    note("key");
    if (mischief == Mischief.REMEMBERS) {
      Path learnt = home.resolve(LEARNT);
      if (keysym == 'r') {
        line.commit("<" + (Files.exists(learnt) ? Files.readString(learnt) : "") + ">");
      } else {
        append(learnt, Character.toString(keysym));
      }
      line.answer(call, true);
    } else {
      mischief.key(line, call);
    }
    note("done");
  }

  private static boolean isRelease(Message call) {
    return call.body().getLast() instanceof Value.UInt32 state
        && (state.value() & IbusCalls.RELEASE) != 0;
  }

  @Override
  public void told(EngineLine line, Message call) throws IOException {
    String member = String.valueOf(call.member());
    note(member);
    if (Files.exists(home.resolve(ARMED)) && mischief.told(line, member)) {
      note("harm");
      // Its answer says that the host has taken notice of what went before.
      line.callBus("GetId");
    }
  }

  @Override
  public void answered(EngineLine line, Message answer) throws IOException {
    note(answer.kind() == Message.Kind.ERROR ? "refused " + answer.errorName() : "granted");
  }

  private void note(String line) throws IOException {
    append(home.resolve(SEEN), line + "\n");
  }

  private static void append(Path file, String text) throws IOException {
    Files.write(
        file,
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
