package org.keywarden.benchmarks.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.client.bus.IbusTyper;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** ibus-daemon with the m17n engine, in its own process as every engine of IBus. */
final class IbusDaemon implements Contender {

  private final Children children;
  private final Path socket;
  private final String version;

  private IbusDaemon(Children children, Path socket, String version) {
    this.children = children;
    this.socket = socket;
    this.version = version;
  }

  static IbusDaemon start() throws IOException {
    String version = Debian.version("ibus");
    Debian.require("dbus", "ibus-m17n");
    Path directory = Files.createTempDirectory("kwi");
    Children children = new Children(directory, Map.of());
    children.bus();
    Path socket = directory.resolve("ibus");
    children.start(
        "ibus-daemon",
        "--panel=disable",
        "--config=disable",
        "--emoji-extension=disable",
        "--address=unix:path=" + socket);
    children.await("ibus-daemon's socket", () -> Files.exists(socket));
    return new IbusDaemon(children, socket, version);
  }

  @Override
  public String name() {
    return "ibus-daemon " + version + ", m17n engine";
  }

  @Override
  public Typing typing() throws IOException {
    IbusTyper typer = IbusTyper.connect(socket);
    typer.focus();
    Message answer =
        typer.call(
            Message.call(
                IbusCalls.IBUS,
                IbusCalls.IBUS_PATH,
                IbusCalls.IBUS,
                "SetGlobalEngine",
                new Value.Str("m17n:hi:itrans")));
    if (answer.kind() != Message.Kind.RETURN) {
      throw new IOException("ibus-daemon has no m17n:hi:itrans: " + answer.errorName());
    }
    return new WordTyping(typer, Words.ITRANS);
  }

  @Override
  public List<Long> processes() {
    return children.pids();
  }

  @Override
  public void close() throws IOException {
    children.close();
  }
}
