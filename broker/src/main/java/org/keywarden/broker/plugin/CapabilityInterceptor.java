package org.keywarden.broker.plugin;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.HolderKey;
import org.keywarden.broker.capability.PossessionProof;
import org.keywarden.broker.capability.Rejection;
import org.keywarden.broker.capability.UnverifiedToken;
import org.keywarden.broker.capability.Verification;
import org.keywarden.broker.capability.VerifiedCapability;
import org.keywarden.broker.capability.Verifier;
import org.keywarden.broker.rpc.Connection;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc;

/** Turns the token in a call's metadata into a {@link VerifiedCapability}, or ends the call. */
final class CapabilityInterceptor implements ServerInterceptor {
  static final Metadata.Key<byte[]> TOKEN =
      Metadata.Key.of("keywarden-token-bin", Metadata.BINARY_BYTE_MARSHALLER);
  static final Metadata.Key<byte[]> PROOF =
      Metadata.Key.of("keywarden-proof-bin", Metadata.BINARY_BYTE_MARSHALLER);
  static final Context.Key<VerifiedCapability> CAPABILITY = Context.key("capability");
  static final Context.Key<Connection> CONNECTION = Context.key("connection");

  private final PluginSession session;
  private final Verifier verifier;
  private final String bootId;
  private final LongSupplier clock;
  private final HolderKeys holders;
  private final Consumer<Reason> refusals;

  /** Finds the registered key a token names: the session's own or that of a derivation. */
  interface HolderKeys {
    @Nullable HolderKey holderOf(VerifiedCapability capability);
  }

  CapabilityInterceptor(
      PluginSession session,
      Verifier verifier,
      String bootId,
      LongSupplier clock,
      HolderKeys holders,
      Consumer<Reason> refusals) {
    this.session = session;
    this.verifier = verifier;
    this.bootId = bootId;
    this.clock = clock;
    this.holders = holders;
    this.refusals = refusals;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Context context = Context.current().withValue(CONNECTION, Connection.of(call));
    if (needsCapability(call)) {
      try {
        context = context.withValue(CAPABILITY, present(Connection.of(call), headers));
      } catch (StatusRuntimeException refusal) {
        @Nullable Metadata trailers = refusal.getTrailers();
        call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
      }
    }
    return Contexts.interceptCall(context, call, headers, next);
  }

  private static boolean needsCapability(ServerCall<?, ?> call) {
    String method = call.getMethodDescriptor().getFullMethodName();
    return method.equals(PluginServiceGrpc.getComposeMethod().getFullMethodName())
        || method.equals(PluginServiceGrpc.getDeriveCapabilityMethod().getFullMethodName());
  }

  private VerifiedCapability present(Connection connection, Metadata headers) {
    if (!session.presentations.take(clock.getAsLong())) {
      throw Refusals.of(Reason.REASON_FLOODING, "too many presentations");
    }
    if (!session.registered()) {
      throw Refusals.of(Reason.REASON_NOT_REGISTERED, "register on Connect first");
    }
    byte[] token = headers.get(TOKEN);
    byte[] proof = headers.get(PROOF);
    if (token == null || proof == null) {
      throw Refusals.of(
          Reason.REASON_TOKEN_MISSING,
          "metadata keywarden-token-bin and keywarden-proof-bin are needed");
    }
    Optional<UnverifiedToken> unverified = UnverifiedToken.of(token);
    if (unverified.isEmpty()) {
      refusals.accept(Reason.REASON_TOKEN_MALFORMED);
      throw Refusals.of(Reason.REASON_TOKEN_MALFORMED, "the token's size is out of bounds");
    }
    VerifiedCapability capability = verify(unverified.get(), connection);
    HolderKey holder = holders.holderOf(capability);
    if (holder == null
        || !capability.isHeldBy(holder)
        || !PossessionProof.verify(holder, connection.nonce(), unverified.get(), proof)) {
      refusals.accept(Reason.REASON_POSSESSION_UNPROVEN);
      throw Refusals.of(
          Reason.REASON_POSSESSION_UNPROVEN,
          "the proof is not by the holder's key over this connection and token");
    }
    return capability;
  }

  /** The verified capability, or the refusal as an exception of the error contract. */
  VerifiedCapability verify(UnverifiedToken token, Connection connection) {
    Verification outcome =
        verifier.verify(token, session.contextOn(connection, bootId), clock.getAsLong());
    return switch (outcome) {
      case Verification.Verified verified -> verified.capability();
      case Verification.Rejected rejected -> {
        Reason reason = reasonFor(rejected.reason());
        refusals.accept(reason);
        throw Refusals.of(reason, "the token does not hold");
      }
    };
  }

  private static Reason reasonFor(Rejection rejection) {
    return switch (rejection) {
      case MALFORMED, VERSION_UNKNOWN, CLAIMS_UNREADABLE, CLAIMS_INVALID, CLAIMS_NOT_CANONICAL ->
          Reason.REASON_TOKEN_MALFORMED;
      case KEY_UNKNOWN -> Reason.REASON_TOKEN_KEY_UNKNOWN;
      case SIGNATURE_INVALID -> Reason.REASON_TOKEN_SIGNATURE_INVALID;
      case NOT_YET_VALID, EXPIRED -> Reason.REASON_TOKEN_EXPIRED;
    };
  }
}
