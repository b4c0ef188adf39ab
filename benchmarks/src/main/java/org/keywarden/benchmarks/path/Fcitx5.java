package org.keywarden.benchmarks.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.keywarden.client.bus.IbusTyper;

/** fcitx5 with its IBus frontend and the m17n engine, both inside its process. */
final class Fcitx5 implements Contender {
  private static final String PROFILE =
      """
      [Groups/0]
      Name=Default
      Default Layout=us
      DefaultIM=m17n_hi_itrans

      [Groups/0/Items/0]
      Name=m17n_hi_itrans
      Layout=

      [GroupOrder]
      0=Default
      """;

  private final Children children;
  private final Path bus;
  private final String version;

  private Fcitx5(Children children, Path bus, String version) {
    this.children = children;
    this.bus = bus;
    this.version = version;
  }

  static Fcitx5 start() throws IOException {
    String version = Debian.version("fcitx5");
    Debian.require("dbus", "fcitx5-m17n");
    Path directory = Files.createTempDirectory("kwf");
    Children children = new Children(directory, Map.of());
    Path bus = children.bus();
    Path profile = directory.resolve("home/fcitx5/profile");
    Files.createDirectories(profile.getParent());
    Files.writeString(profile, PROFILE);
    // The address file it writes is named after the display; there need not be one.
    children.set("DISPLAY", ":0");
    children.start(
        "fcitx5", "--disable=all", "--enable=dbus,ibusfrontend,m17n,dbusfrontend,keyboard");
    Fcitx5 started = new Fcitx5(children, bus, version);
    children.await("fcitx5's IBus frontend", started::serves);
    return started;
  }

  private boolean serves() {
    try (IbusTyper typer = IbusTyper.connect(bus)) {
      typer.focus();
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public String name() {
    return "fcitx5 " + version + " over its IBus frontend, m17n engine inside";
  }

  @Override
  public Typing typing() throws IOException {
    IbusTyper typer = IbusTyper.connect(bus);
    typer.focus();
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
