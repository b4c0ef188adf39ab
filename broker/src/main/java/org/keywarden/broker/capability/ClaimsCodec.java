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
    claims.rights().forEach(right -> message.addRights(RightCodec.toWire(right)));
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
      rights.add(RightCodec.fromWire(right));
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
}
