package org.keywarden.benchmarks.micro;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.seat.Effect;
import org.keywarden.broker.seat.PluginEffect;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.KeyDelivery;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one key costs between its arrival at the seat and its bytes for the plugin. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyBenchmark {
  /**
   * Of a gRPC message: compressed flag and length (gRPC over HTTP/2, "Length-Prefixed-Message").
   */
  private static final int PREFIX = 5;

  private final byte[] frame = new byte[256];
  private LiveSeat seat = new LiveSeat();
  private PluginEffect.DeliverKey delivery = seat.type();

  /** A new seat for each iteration. */
  @Setup(Level.Iteration)
  public void compose() {
    seat = new LiveSeat();
    delivery = seat.type();
    seat.answer(delivery);
  }

  /**
   * The key enters the seat, the gate lets it pass, its gRPC message is encoded, the answer enters
   * the seat and the application's answer leaves: more than the target asks, because a seat has to
   * have each key answered before the next can be measured.
   */
  @Benchmark
  public List<Effect> gateEncodeAndAnswer() throws IOException {
    PluginEffect.DeliverKey typed = seat.type();
    encode(typed);
    return seat.answer(typed);
  }

  /** The gRPC message alone. */
  @Benchmark
  public int encode() throws IOException {
    return encode(delivery);
  }

  private int encode(PluginEffect.DeliverKey key) throws IOException {
    ComposeResponse message =
        ComposeResponse.newBuilder()
            .setKey(
                KeyDelivery.newBuilder()
                    .setSequence(key.sequence())
                    .setKey(InputMessages.key(key.key())))
            .build();
    int size = message.getSerializedSize();
    ByteBuffer.wrap(frame).put((byte) 0).putInt(size);
    CodedOutputStream out = CodedOutputStream.newInstance(frame, PREFIX, size);
    message.writeTo(out);
    out.checkNoSpaceLeft();
    return PREFIX + size;
  }
}
