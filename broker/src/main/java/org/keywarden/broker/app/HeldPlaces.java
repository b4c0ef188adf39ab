package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files and directories that must stay what they were made as: nobody is served without them. */
final class HeldPlaces {
  private final Map<Path, Object> keys = new LinkedHashMap<>();

  private HeldPlaces() {}

  /** Those there are now. */
  static HeldPlaces of(List<Path> places) {
    HeldPlaces held = new HeldPlaces();
    for (Path place : places) {
      held.keys.put(place, Objects.requireNonNull(key(place), () -> place + " is not there"));
    }
    return held;
  }

  /** The first that is gone, or another's by now. */
  Optional<Path> lost() {
    return keys.entrySet().stream()
        .filter(each -> !each.getValue().equals(key(each.getKey())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static @Nullable Object key(Path place) {
    try {
      return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException gone) {
      return null;
    }
  }
}
