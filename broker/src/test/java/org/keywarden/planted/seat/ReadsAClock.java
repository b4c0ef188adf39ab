package org.keywarden.planted.seat;

import io.grpc.Status;

/** A seat that reads a clock and knows gRPC. */
final class ReadsAClock {
  long now() {
    return System.nanoTime();
  }

  Status status() {
    return Status.OK;
  }
}
