package org.keywarden.fleet.verify;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.fleet.v1.LogState;

/** States of logs in a store. */
final class LogStates {
  private LogStates() {}

  static Serde<LogState> serde() {
    return Serdes.serdeFrom((topic, state) -> write(state), (topic, bytes) -> read(bytes));
  }

  @SuppressWarnings("NullAway")
  private static byte[] write(@Nullable LogState state) {
    return state == null ? null : state.toByteArray();
  }

  @SuppressWarnings("NullAway")
  private static LogState read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return LogState.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new SerializationException("the changelog has a state that is none", e);
    }
  }
}
