package org.keywarden.proto.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.error.v1.Reason;

/**
 * How a call is refused: a gRPC status that carries {@code google.rpc.ErrorInfo} of domain {@value
 * #DOMAIN}.
 */
public final class Refusals {
  /** Domain of every {@code ErrorInfo} of ours. */
  public static final String DOMAIN = "keywarden";

  private static final String PREFIX = "REASON_";

  private Refusals() {}

  /**
   * Returns the refusal for the reason.
   *
   * @param detail what is wrong and where, for people; never anything typed
   * @throws IllegalArgumentException if the reason is unspecified or unknown
   */
  public static StatusRuntimeException of(Reason reason, String detail) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(codeOf(reason).value())
            .setMessage(detail)
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(nameOf(reason)).build()))
            .build());
  }

  /**
   * Returns the one status code that carries the reason.
   *
   * @throws IllegalArgumentException if the reason is unspecified or unknown
   */
  public static Status.Code codeOf(Reason reason) {
    return switch (reason) {
      case REASON_INVALID_MESSAGE -> Status.Code.INVALID_ARGUMENT;
      case REASON_TOKEN_MISSING,
          REASON_TOKEN_MALFORMED,
          REASON_TOKEN_KEY_UNKNOWN,
          REASON_TOKEN_SIGNATURE_INVALID,
          REASON_TOKEN_EXPIRED,
          REASON_POSSESSION_UNPROVEN ->
          Status.Code.UNAUTHENTICATED;
      case REASON_OUT_OF_TURN,
          REASON_GRANT_NOT_LIVE,
          REASON_NOT_REGISTERED,
          REASON_POLICY_INVALID,
          REASON_CHOICE_NOT_KEPT,
          REASON_LOG_UNREADABLE ->
          Status.Code.FAILED_PRECONDITION;
      case REASON_GRANT_IN_USE, REASON_ALREADY_REGISTERED -> Status.Code.ALREADY_EXISTS;
      case REASON_RIGHT_NOT_HELD, REASON_DERIVATION_REFUSED, REASON_PEER_NOT_ALLOWED ->
          Status.Code.PERMISSION_DENIED;
      case REASON_GRANT_REVOKED -> Status.Code.ABORTED;
      case REASON_FLOODING, REASON_TOO_MANY_FIELDS, REASON_MESSAGE_TOO_LARGE ->
          Status.Code.RESOURCE_EXHAUSTED;
      case REASON_PLUGIN_UNKNOWN, REASON_INPUT_METHOD_UNKNOWN -> Status.Code.NOT_FOUND;
      case REASON_ENTRY_UNKNOWN -> Status.Code.OUT_OF_RANGE;
      case REASON_SHUTTING_DOWN -> Status.Code.UNAVAILABLE;
      case REASON_INTERNAL -> Status.Code.INTERNAL;
      case REASON_UNIMPLEMENTED -> Status.Code.UNIMPLEMENTED;
      case REASON_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("reason is " + reason + ", expected a defined one");
    };
  }

  /** Returns the reason's name on the wire: the enum value without its prefix. */
  public static String nameOf(Reason reason) {
    return reason.name().substring(PREFIX.length());
  }

  /** Returns why a call failed, or empty if the failure does not say so in our terms. */
  public static Optional<Reason> reasonOf(Throwable failure) {
    return reasonIn(StatusProto.fromThrowable(failure));
  }

  /** Returns why a call was closed, or empty if the status does not say so in our terms. */
  public static Optional<Reason> reasonOf(Status status, Metadata trailers) {
    return reasonIn(StatusProto.fromStatusAndTrailers(status, trailers));
  }

  private static Optional<Reason> reasonIn(com.google.rpc.@Nullable Status status) {
    if (status == null) {
      return Optional.empty();
    }
    for (Any detail : status.getDetailsList()) {
      Optional<Reason> reason = parse(detail);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private static Optional<Reason> parse(Any detail) {
    if (!detail.is(ErrorInfo.class)) {
      return Optional.empty();
    }
    ErrorInfo info;
    try {
      info = detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException malformed) {
      return Optional.empty();
    }
    if (!info.getDomain().equals(DOMAIN)) {
      return Optional.empty();
    }
    for (Reason reason : Reason.values()) {
      if (reason != Reason.UNRECOGNIZED
          && reason != Reason.REASON_UNSPECIFIED
          && nameOf(reason).equals(info.getReason())) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
