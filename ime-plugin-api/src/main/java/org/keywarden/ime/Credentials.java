package org.keywarden.ime;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import org.keywarden.proto.capability.Possession;
import org.keywarden.proto.plugin.v1.Register;

/** What this process proves on one connection with its holder key. */
final class Credentials {
  private static final Metadata.Key<byte[]> TOKEN =
      Metadata.Key.of("keywarden-token-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final Metadata.Key<byte[]> PROOF =
      Metadata.Key.of("keywarden-proof-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final HolderKey holder;
  private final byte[] nonce;

  Credentials(HolderKey holder, ByteString connectionNonce) {
    this.holder = holder;
    this.nonce = connectionNonce.toByteArray();
  }

  Register register(String pluginId) {
    byte[] raw = holder.raw();
    return Register.newBuilder()
        .setPluginId(pluginId)
        .setHolderKey(ByteString.copyFrom(raw))
        .setProof(ByteString.copyFrom(holder.sign(Possession.toRegister(nonce, raw))))
        .build();
  }

  /** The metadata of a call that presents a token. */
  Metadata present(ByteString token) {
    byte[] bytes = token.toByteArray();
    Metadata metadata = new Metadata();
    metadata.put(TOKEN, bytes);
    metadata.put(PROOF, holder.sign(Possession.toPresent(nonce, bytes)));
    return metadata;
  }
}
