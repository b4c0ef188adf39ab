package org.keywarden.cli.setup;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What a path is: nothing, a file with its bytes and its mode, or a symbolic link. */
sealed interface FileState {
  /** Bytes of a file that is kept; those of a person's settings have some thousand. */
  int LARGEST = 1 << 20;

  /** There is nothing. */
  record Absent() implements FileState {}

  /**
   * A file.
   *
   * @param mode as {@code rw-r--r--}
   * @param content its bytes, in Base64
   */
  record Regular(String mode, String content) implements FileState {
    String text() {
      return new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8);
    }
  }

  /** A symbolic link, wherever it leads. */
  record Link(String target) implements FileState {}

  static Regular file(String mode, String text) {
    return new Regular(
        mode, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What a path is now.
   *
   * @throws IOException if it is none of the three, is too large, or may not be read
   */
  static FileState of(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return new Link(Files.readSymbolicLink(path).toString());
    }
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.size(path) > LARGEST) {
        throw new IOException(path + " is larger than a setting is");
      }
      return new Regular(
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)),
          Base64.getEncoder().encodeToString(Files.readAllBytes(path)));
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(path + " is neither a file nor a link");
    }
    return new Absent();
  }

  /** Makes a path this, at once; its directory must be there. */
  default void put(Path path) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".keywarden-new");
    Files.deleteIfExists(fresh);
    switch (this) {
      case Absent none -> Files.deleteIfExists(path);
      case Link link -> {
        Files.createSymbolicLink(fresh, Path.of(link.target()));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      }
      case Regular file -> {
        Files.createFile(
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, Base64.getDecoder().decode(file.content()));
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(file.mode()));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  default JsonObject json() {
    JsonObject json = new JsonObject();
    switch (this) {
      case Absent none -> json.addProperty("absent", true);
      case Link link -> json.addProperty("link", link.target());
      case Regular file -> {
        json.addProperty("mode", file.mode());
        json.addProperty("content", file.content());
      }
    }
    return json;
  }

  static FileState from(JsonObject json) {
    if (json.has("absent")) {
      return new Absent();
    }
    if (json.has("link")) {
      return new Link(json.get("link").getAsString());
    }
    if (json.has("mode") && json.has("content")) {
      return new Regular(json.get("mode").getAsString(), json.get("content").getAsString());
    }
    throw new JsonParseException("neither absent, nor a link, nor a file");
  }

  /** The directories that have to be made for a path, outermost first. */
  static List<Path> missing(Path of) {
    List<Path> missing = new ArrayList<>();
    for (Path up = of.getParent();
        up != null && !Files.exists(up, LinkOption.NOFOLLOW_LINKS);
        up = up.getParent()) {
      missing.addFirst(up);
    }
    return missing;
  }

  /**
   * Removes those of them that hold nothing.
   *
   * @return what is left
   */
  static List<Path> removeEmpty(List<Path> made) throws IOException {
    List<Path> left = new ArrayList<>(made);
    try {
      while (!left.isEmpty()) {
        Files.deleteIfExists(left.getLast());
        left.removeLast();
      }
    } catch (DirectoryNotEmptyException used) {
      return left;
    }
    return left;
  }
}
