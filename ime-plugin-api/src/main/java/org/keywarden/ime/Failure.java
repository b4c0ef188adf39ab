package org.keywarden.ime;

import io.grpc.Status;
import java.util.Optional;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/** How a call failed, by name only: messages are for people and may hold anything. */
final class Failure {
  private Failure() {}

  /** The broker's reason, or gRPC's status code if the failure is not of the broker's making. */
  static String nameOf(Throwable error) {
    return Refusals.reasonOf(error)
        .map(Failure::shortName)
        .orElseGet(() -> Status.fromThrowable(error).getCode().name());
  }

  static String shortName(Reason reason) {
    return Refusals.nameOf(reason);
  }

  /** Whether a use of a capability ended as most do: focus moved on, or the broker is gone. */
  static boolean isOrdinaryEnd(Throwable error) {
    Optional<Reason> reason = Refusals.reasonOf(error);
    if (reason.isPresent()) {
      return reason.get() == Reason.REASON_GRANT_REVOKED
          || reason.get() == Reason.REASON_GRANT_NOT_LIVE
          || reason.get() == Reason.REASON_SHUTTING_DOWN;
    }
    Status.Code code = Status.fromThrowable(error).getCode();
    return code == Status.Code.CANCELLED || code == Status.Code.UNAVAILABLE;
  }
}
