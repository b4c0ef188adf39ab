package org.keywarden.conformance.puppet;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.KeyDelivery;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc;

/** One Compose stream, its messages raw, its reading under the kit's control. */
final class ComposeCall extends ClientCall.Listener<byte[]> {
  static final Metadata.Key<byte[]> TOKEN =
      Metadata.Key.of("keywarden-token-bin", Metadata.BINARY_BYTE_MARSHALLER);
  static final Metadata.Key<byte[]> PROOF =
      Metadata.Key.of("keywarden-proof-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final MethodDescriptor<byte[], byte[]> METHOD =
      PluginServiceGrpc.getComposeMethod().toBuilder(RawMessages.RAW, RawMessages.RAW).build();

  private final ClientCall<byte[], byte[]> call;
  private final Supplier<Behaviour> behaviour;
  private final IntConsumer journal;
  private final JsonArray keys = new JsonArray();
  private final JsonArray refusals = new JsonArray();
  private final JsonArray surroundings = new JsonArray();
  private boolean opened;
  private boolean reading = true;
  private int unread;
  private int resets;
  private @Nullable String ended;

  /**
   * @param journal told of every keysym shown, before it is answered
   */
  ComposeCall(ManagedChannel channel, Supplier<Behaviour> behaviour, IntConsumer journal) {
    this.journal = journal;
    this.call = channel.newCall(METHOD, CallOptions.DEFAULT);
    this.behaviour = behaviour;
  }

  /** Metadata that is null is left out. */
  void start(byte @Nullable [] token, byte @Nullable [] proof) {
    Metadata headers = new Metadata();
    if (token != null) {
      headers.put(TOKEN, token);
    }
    if (proof != null) {
      headers.put(PROOF, proof);
    }
    call.start(this, headers);
    call.request(1);
  }

  /** Sends bytes as one message, whether the stream takes more or not. */
  void send(byte[] message) {
    if (ended == null) {
      call.sendMessage(message);
    }
  }

  /** Stops reading, or takes it up again. */
  void read(boolean on) {
    reading = on;
    if (on && unread > 0) {
      call.request(unread);
      unread = 0;
    }
  }

  void cancel() {
    if (ended == null) {
      call.cancel("dropped", null);
    }
  }

  @Override
  public void onMessage(byte[] message) {
    if (reading) {
      call.request(1);
    } else {
      unread++;
    }
    try {
      take(ComposeResponse.parseFrom(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the broker sent bytes that are no ComposeResponse", e);
    }
  }

  private void take(ComposeResponse response) {
    switch (response.getMessageCase()) {
      case OPENED -> opened = true;
      case KEY -> take(response.getKey());
      case COMPOSITION_RESET -> resets++;
      case ACTION_REFUSED -> refusals.add(response.getActionRefused().getRefusal().name());
      case SURROUNDING_TEXT -> surroundings.add(response.getSurroundingText().getText());
      case CANDIDATE_CLICKED, MESSAGE_NOT_SET -> {}
    }
  }

  private void take(KeyDelivery delivery) {
    JsonObject key = new JsonObject();
    key.addProperty("sequence", delivery.getSequence());
    key.addProperty("keysym", delivery.getKey().getKeysym());
    key.addProperty("action", delivery.getKey().getAction().name());
    keys.add(key);
    journal.accept(delivery.getKey().getKeysym());
    behaviour
        .get()
        .to(delivery.getSequence(), delivery.getKey())
        .forEach(answer -> send(answer.toByteArray()));
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    ended =
        Refusals.reasonOf(status, trailers)
            .map(Refusals::nameOf)
            .orElse("status " + status.getCode());
  }

  /** The reason it ended, "" while it is open. */
  String ended() {
    return ended == null ? "" : ended;
  }

  /** What came so far. */
  JsonObject seen() {
    JsonObject seen = new JsonObject();
    seen.addProperty("opened", opened);
    seen.add("keys", keys.deepCopy());
    seen.add("refusals", refusals.deepCopy());
    seen.add("surroundings", surroundings.deepCopy());
    seen.addProperty("resets", resets);
    seen.addProperty("ended", ended());
    return seen;
  }
}
