package org.keywarden.planted.seat;

import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;

/** A seat that reads a clock, looks for files and knows gRPC. */
final class ReadsAClock {
  long now() {
    return System.nanoTime();
  }

  boolean isThere(Path file) {
    return Files.exists(file);
  }

  Status status() {
    return Status.OK;
  }
}
