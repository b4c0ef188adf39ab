package org.keywarden.broker.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was removed is found, and so is what stands in its place. */
final class HeldPlacesTest {
  @TempDir private Path work;

  @Test
  void whatIsGoneOrExchangedIsLost() throws IOException {
    Path directory = Files.createDirectory(work.resolve("i"));
    Path socket = Files.createFile(work.resolve("a.sock"));
    HeldPlaces places = HeldPlaces.of(List.of(socket, directory));
    Files.writeString(socket, "used");
    Files.createFile(directory.resolve("other"));
    assertEquals(Optional.empty(), places.lost());
    Path other = Files.createFile(work.resolve("other.sock"));
    Files.move(other, socket, StandardCopyOption.ATOMIC_MOVE);
    assertEquals(Optional.of(socket), places.lost());
  }

  @Test
  void aDirectoryThatWasMadeAnewIsLost() throws IOException {
    Path directory = Files.createDirectory(work.resolve("i"));
    HeldPlaces places = HeldPlaces.of(List.of(directory));
    Files.move(directory, work.resolve("elsewhere"));
    Files.createDirectory(directory);
    assertEquals(Optional.of(directory), places.lost());
  }
}
