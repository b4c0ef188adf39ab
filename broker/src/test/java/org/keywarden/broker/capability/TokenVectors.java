package org.keywarden.broker.capability;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import org.keywarden.policy.Right;

/**
 * Makes {@code vectors/token/v1.json}. To write it anew after a deliberate change of the format,
 * run this class with the file's path as its argument.
 */
final class TokenVectors {
  private final JsonArray valid = new JsonArray();
  private final JsonArray rejected = new JsonArray();

  private TokenVectors() {}

  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), json());
  }

  static String json() {
    TokenVectors vectors = new TokenVectors();
    vectors.valid();
    vectors.wrongEnvelopes();
    vectors.wrongContexts();
    vectors.wrongClaims();
    vectors.wrongTimes();
    JsonObject file = new JsonObject();
    file.addProperty("seed", Vectors.hex(TokenFixture.SEED));
    file.addProperty("publicKey", Vectors.hex(StrictEd25519.publicKeyOf(TokenFixture.SEED)));
    file.add("valid", vectors.valid);
    file.add("rejected", vectors.rejected);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(file) + "\n";
  }

  private void valid() {
    Claims claims = TokenFixture.CLAIMS;
    addValid("minted for a grant", claims);
    addValid(
        "derived",
        with(claims, new TokenId(1, 2), Optional.of(claims.id()), EnumSet.of(Right.COMMIT_TEXT)));
    addValid(
        "every right", with(claims, claims.id(), Optional.empty(), EnumSet.allOf(Right.class)));
    addValid("no right", with(claims, claims.id(), Optional.empty(), EnumSet.noneOf(Right.class)));
  }

  private void wrongEnvelopes() {
    byte[] token = token();
    reject("empty", new byte[0], Rejection.MALFORMED);
    reject("header only", Arrays.copyOf(token, Envelope.HEADER_BYTES), Rejection.MALFORMED);
    reject("truncated", Arrays.copyOf(token, token.length - 1), Rejection.MALFORMED);
    reject("trailing byte", Arrays.copyOf(token, token.length + 1), Rejection.MALFORMED);
    reject("length one more", flipped(token, 10, 1), Rejection.MALFORMED);
    reject("version 0", flipped(token, 0, 1), Rejection.VERSION_UNKNOWN);
    reject("version 2", flipped(token, 0, 3), Rejection.VERSION_UNKNOWN);
    reject("other key id", flipped(token, 1, 0x80), Rejection.KEY_UNKNOWN);
    reject("first bit of claims", flipped(token, 11, 0x80), Rejection.SIGNATURE_INVALID);
    reject("bit of R", flipped(token, token.length - 64, 1), Rejection.SIGNATURE_INVALID);
    reject("bit of S", flipped(token, token.length - 32, 1), Rejection.SIGNATURE_INVALID);
    byte[] foreign = token();
    byte[] other =
        TokenFixture.mint(
            with(
                TokenFixture.CLAIMS,
                new TokenId(9, 9),
                Optional.empty(),
                EnumSet.noneOf(Right.class)));
    System.arraycopy(other, other.length - 64, foreign, foreign.length - 64, 64);
    reject("signature of another token", foreign, Rejection.SIGNATURE_INVALID);
  }

  private void wrongContexts() {
    ImplicitContext c = TokenFixture.CONTEXT;
    reject(
        "other socket",
        new ImplicitContext(
            "/run/user/1000/keywarden/plugin/8.sock",
            c.pid(),
            c.processStartTime(),
            c.pidNamespace(),
            c.bootId(),
            c.nonce()));
    reject(
        "other pid",
        new ImplicitContext(
            c.socketPath(),
            c.pid() + 1,
            c.processStartTime(),
            c.pidNamespace(),
            c.bootId(),
            c.nonce()));
    reject(
        "other start time",
        new ImplicitContext(
            c.socketPath(),
            c.pid(),
            c.processStartTime() + 1,
            c.pidNamespace(),
            c.bootId(),
            c.nonce()));
    reject(
        "other pid namespace",
        new ImplicitContext(
            c.socketPath(),
            c.pid(),
            c.processStartTime(),
            c.pidNamespace() + 1,
            c.bootId(),
            c.nonce()));
    reject(
        "other boot",
        new ImplicitContext(
            c.socketPath(),
            c.pid(),
            c.processStartTime(),
            c.pidNamespace(),
            "3f2c1a70-5b1e-4f0c-9a55-0d6f0f3b9d22",
            c.nonce()));
    reject(
        "other nonce",
        new ImplicitContext(
            c.socketPath(),
            c.pid(),
            c.processStartTime(),
            c.pidNamespace(),
            c.bootId(),
            ConnectionNonce.of(TokenFixture.repeated(0x4f))));
    reject(
        "pid and start time swapped",
        new ImplicitContext(
            c.socketPath(),
            c.processStartTime(),
            c.pid(),
            c.pidNamespace(),
            c.bootId(),
            c.nonce()));
  }

  private void wrongClaims() {
    byte[] claims = ClaimsCodec.encode(TokenFixture.CLAIMS);
    rejectClaims(
        "claims cut short", Arrays.copyOf(claims, claims.length - 1), Rejection.CLAIMS_UNREADABLE);
    rejectClaims("no claims", new byte[0], Rejection.CLAIMS_INVALID);
    rejectClaims(
        "token id of 15 bytes",
        wire().setTokenId(ByteString.copyFrom(new byte[15])),
        Rejection.CLAIMS_INVALID);
    rejectClaims(
        "parent of 15 bytes",
        wire().setParentId(ByteString.copyFrom(new byte[15])),
        Rejection.CLAIMS_INVALID);
    rejectClaims(
        "its own parent", wire().setParentId(wire().getTokenId()), Rejection.CLAIMS_INVALID);
    rejectClaims("grant 0", wire().setGrant(0), Rejection.CLAIMS_INVALID);
    rejectClaims("epoch beyond 63 bits", wire().setEpoch(-1), Rejection.CLAIMS_INVALID);
    rejectClaims("seat of 65 characters", wire().setSeat("s".repeat(65)), Rejection.CLAIMS_INVALID);
    rejectClaims(
        "application of 257 characters",
        wire().setApplication("a".repeat(257)),
        Rejection.CLAIMS_INVALID);
    rejectClaims("right not known", wire().addRightsValue(99), Rejection.CLAIMS_INVALID);
    rejectClaims("right unspecified", wire().addRightsValue(0), Rejection.CLAIMS_INVALID);
    rejectClaims(
        "expiry at issue", wire().setExpiresAt(wire().getIssuedAt()), Rejection.CLAIMS_INVALID);
    rejectClaims("thumbprint missing", wire().clearHolderThumbprint(), Rejection.CLAIMS_INVALID);
    rejectClaims("policy missing", wire().clearPolicyDigest(), Rejection.CLAIMS_INVALID);
    rejectClaims(
        "rights descending",
        wire().clearRights().addRightsValue(2).addRightsValue(1),
        Rejection.CLAIMS_NOT_CANONICAL);
    rejectClaims(
        "right twice",
        wire().clearRights().addRightsValue(1).addRightsValue(1),
        Rejection.CLAIMS_NOT_CANONICAL);
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    rejectClaims("unknown field", wire().setUnknownFields(unknown), Rejection.CLAIMS_NOT_CANONICAL);
    rejectClaims(
        "field twice", concat(claims, new byte[] {0x18, 17}), Rejection.CLAIMS_NOT_CANONICAL);
    rejectClaims(
        "default value written out",
        concat(claims, new byte[] {0x12, 0}),
        Rejection.CLAIMS_NOT_CANONICAL);
    rejectClaims(
        "fields in other order",
        concat(Arrays.copyOfRange(claims, 18, claims.length), Arrays.copyOf(claims, 18)),
        Rejection.CLAIMS_NOT_CANONICAL);
    byte[] longer =
        concat(
            Arrays.copyOf(claims, 19),
            new byte[] {(byte) 0x91, 0},
            Arrays.copyOfRange(claims, 20, claims.length));
    rejectClaims("varint longer than needed", longer, Rejection.CLAIMS_NOT_CANONICAL);
  }

  private void wrongTimes() {
    Claims claims = TokenFixture.CLAIMS;
    reject(
        "a nanosecond before issue",
        token(),
        TokenFixture.CONTEXT,
        claims.issuedAt() - 1,
        Rejection.NOT_YET_VALID);
    reject("at expiry", token(), TokenFixture.CONTEXT, claims.expiresAt(), Rejection.EXPIRED);
    reject("long after expiry", token(), TokenFixture.CONTEXT, Long.MAX_VALUE, Rejection.EXPIRED);
  }

  private void addValid(String name, Claims claims) {
    JsonObject vector =
        vector(name, TokenFixture.mint(claims), TokenFixture.CONTEXT, TokenFixture.NOW);
    vector.addProperty("claims", Vectors.hex(ClaimsCodec.encode(claims)));
    vector.addProperty("means", claims.toString());
    valid.add(vector);
  }

  private void rejectClaims(
      String name, org.keywarden.proto.capability.v1.Claims.Builder claims, Rejection reason) {
    rejectClaims(name, claims.build().toByteArray(), reason);
  }

  private void rejectClaims(String name, byte[] claims, Rejection reason) {
    reject(name, TokenFixture.sealed(claims), reason);
  }

  private void reject(String name, ImplicitContext context) {
    reject(name, token(), context, TokenFixture.NOW, Rejection.SIGNATURE_INVALID);
  }

  private void reject(String name, byte[] token, Rejection reason) {
    reject(name, token, TokenFixture.CONTEXT, TokenFixture.NOW, reason);
  }

  private void reject(
      String name, byte[] token, ImplicitContext context, long now, Rejection reason) {
    JsonObject vector = vector(name, token, context, now);
    vector.addProperty("rejection", reason.name());
    rejected.add(vector);
  }

  private static JsonObject vector(String name, byte[] token, ImplicitContext context, long now) {
    JsonObject vector = new JsonObject();
    vector.addProperty("name", name);
    vector.addProperty("token", Vectors.hex(token));
    JsonObject where = new JsonObject();
    where.addProperty("socketPath", context.socketPath());
    where.addProperty("pid", context.pid());
    where.addProperty("processStartTime", context.processStartTime());
    where.addProperty("pidNamespace", context.pidNamespace());
    where.addProperty("bootId", context.bootId());
    where.addProperty("nonce", Vectors.hex(context.nonce().bytes()));
    vector.add("context", where);
    vector.addProperty("now", now);
    return vector;
  }

  private static Claims with(
      Claims c, TokenId id, Optional<TokenId> parent, EnumSet<Right> rights) {
    return new Claims(
        id,
        parent,
        c.grant(),
        c.pluginInstance(),
        c.seat(),
        c.focusSession(),
        c.epoch(),
        c.application(),
        rights,
        c.notBeforeSequence(),
        c.issuedAt(),
        c.expiresAt(),
        c.holder(),
        c.policy());
  }

  private static byte[] token() {
    return TokenFixture.mint(TokenFixture.CLAIMS);
  }

  private static org.keywarden.proto.capability.v1.Claims.Builder wire() {
    try {
      return org.keywarden.proto.capability.v1.Claims.newBuilder()
          .mergeFrom(ClaimsCodec.encode(TokenFixture.CLAIMS));
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException("claims just encoded do not decode", e);
    }
  }

  private static byte[] flipped(byte[] token, int index, int mask) {
    byte[] copy = token.clone();
    copy[index] ^= (byte) mask;
    return copy;
  }

  private static byte[] concat(byte[]... parts) {
    ByteString all = ByteString.EMPTY;
    for (byte[] part : parts) {
      all = all.concat(ByteString.copyFrom(part));
    }
    return all.toByteArray();
  }
}
