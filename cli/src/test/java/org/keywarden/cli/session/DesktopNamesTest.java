package org.keywarden.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs are called in menus. */
final class DesktopNamesTest {
  @TempDir private Path work;

  private void write(String file, String content) throws IOException {
    Path path = work.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  @Test
  void aNameIsFoundByThePathOrItsLastPart() throws IOException {
    write(
        "own/applications/a.desktop",
        "[Desktop Action new]\nName=New\nExec=other\n[Desktop Entry]\nName=Text Editor\n"
            + "Name[de]=Texteditor\nExec=gedit %U\n");
    write("system/applications/b.desktop", "[Desktop Entry]\nName=Second\nExec=gedit\n");
    write("system/applications/c.desktop", "[Desktop Entry]\nName=Game\nExec=\"/opt/g\" -x\n");
    write("system/applications/d.desktop", "[Desktop Entry]\nName=No program\n");
    Files.write(work.resolve("system/applications/e.desktop"), new byte[] {(byte) 0xff, 10});
    DesktopNames names =
        DesktopNames.read(
            Map.of(
                "XDG_DATA_HOME",
                work.resolve("own").toString(),
                "XDG_DATA_DIRS",
                work.resolve("system") + ":" + work.resolve("none")));
    assertEquals(Optional.of("Text Editor"), names.of("/usr/bin/gedit"));
    assertEquals(Optional.of("Game"), names.of("/opt/g"));
    assertEquals(Optional.empty(), names.of("/usr/bin/g"));
    assertEquals(Optional.empty(), names.of("/usr/bin/other"));
    assertEquals(Optional.empty(), names.of(""));
  }
}
