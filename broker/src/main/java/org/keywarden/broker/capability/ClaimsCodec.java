package org.keywarden.broker.capability;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.keywarden.policy.Right;

/**
 * Claims to and from {@code keywarden.capability.v1.Claims}; the only class of the package that
 * knows protobuf.
 */
final class ClaimsCodec {
  private ClaimsCodec() {}

  /** What decoding gives. */
  sealed interface Decoding {
    /** The claims. */
    record Decoded(Claims claims) implements Decoding {}

    /** Why there are none. */
    record Refused(Rejection reason) implements Decoding {}
  }

  static byte[] encode(Claims claims) {
    var message =
        org.keywarden.proto.capability.v1.Claims.newBuilder()
            .setTokenId(ByteString.copyFrom(claims.id().bytes()))
            .setGrant(claims.grant())
            .setPluginInstance(claims.pluginInstance())
            .setSeat(claims.seat())
            .setFocusSession(claims.focusSession())
            .setEpoch(claims.epoch())
            .setApplication(claims.application())
            .setNotBeforeSequence(claims.notBeforeSequence())
            .setIssuedAt(claims.issuedAt())
            .setExpiresAt(claims.expiresAt())
            .setHolderThumbprint(ByteString.copyFrom(claims.holder().bytes()))
            .setPolicyDigest(ByteString.copyFrom(claims.policy().bytes()));
    claims.parent().ifPresent(parent -> message.setParentId(ByteString.copyFrom(parent.bytes())));
    claims.rights().forEach(right -> message.addRights(toWire(right)));
    return message.build().toByteArray();
  }

  /** Decodes; only the one encoding that {@link #encode} gives is accepted. */
  static Decoding decode(byte[] bytes) {
    Claims claims;
    try {
      claims = fromWire(org.keywarden.proto.capability.v1.Claims.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      return new Decoding.Refused(Rejection.CLAIMS_UNREADABLE);
    } catch (IllegalArgumentException e) {
      return new Decoding.Refused(Rejection.CLAIMS_INVALID);
    }
    return Arrays.equals(encode(claims), bytes)
        ? new Decoding.Decoded(claims)
        : new Decoding.Refused(Rejection.CLAIMS_NOT_CANONICAL);
  }

  private static Claims fromWire(org.keywarden.proto.capability.v1.Claims message) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (org.keywarden.proto.input.v1.Right right : message.getRightsList()) {
      rights.add(fromWire(right));
    }
    ByteString parent = message.getParentId();
    return new Claims(
        TokenId.of(message.getTokenId().toByteArray()),
        parent.isEmpty() ? Optional.empty() : Optional.of(TokenId.of(parent.toByteArray())),
        message.getGrant(),
        message.getPluginInstance(),
        message.getSeat(),
        message.getFocusSession(),
        message.getEpoch(),
        message.getApplication(),
        rights,
        message.getNotBeforeSequence(),
        message.getIssuedAt(),
        message.getExpiresAt(),
        Digest.of(message.getHolderThumbprint().toByteArray()),
        Digest.of(message.getPolicyDigest().toByteArray()));
  }

  private static org.keywarden.proto.input.v1.Right toWire(Right right) {
    return switch (right) {
      case RECEIVE_KEYS -> org.keywarden.proto.input.v1.Right.RIGHT_RECEIVE_KEYS;
      case SET_PREEDIT -> org.keywarden.proto.input.v1.Right.RIGHT_SET_PREEDIT;
      case COMMIT_TEXT -> org.keywarden.proto.input.v1.Right.RIGHT_COMMIT_TEXT;
      case SHOW_CANDIDATES -> org.keywarden.proto.input.v1.Right.RIGHT_SHOW_CANDIDATES;
      case READ_SURROUNDING -> org.keywarden.proto.input.v1.Right.RIGHT_READ_SURROUNDING;
      case DELETE_SURROUNDING -> org.keywarden.proto.input.v1.Right.RIGHT_DELETE_SURROUNDING;
      case FORWARD_KEY -> org.keywarden.proto.input.v1.Right.RIGHT_FORWARD_KEY;
      case RECEIVE_RELEASES -> org.keywarden.proto.input.v1.Right.RIGHT_RECEIVE_RELEASES;
    };
  }

  private static Right fromWire(org.keywarden.proto.input.v1.Right right) {
    return switch (right) {
      case RIGHT_RECEIVE_KEYS -> Right.RECEIVE_KEYS;
      case RIGHT_SET_PREEDIT -> Right.SET_PREEDIT;
      case RIGHT_COMMIT_TEXT -> Right.COMMIT_TEXT;
      case RIGHT_SHOW_CANDIDATES -> Right.SHOW_CANDIDATES;
      case RIGHT_READ_SURROUNDING -> Right.READ_SURROUNDING;
      case RIGHT_DELETE_SURROUNDING -> Right.DELETE_SURROUNDING;
      case RIGHT_FORWARD_KEY -> Right.FORWARD_KEY;
      case RIGHT_RECEIVE_RELEASES -> Right.RECEIVE_RELEASES;
      case RIGHT_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("right is not known");
    };
  }
}
