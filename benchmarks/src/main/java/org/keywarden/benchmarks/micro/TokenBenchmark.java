package org.keywarden.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.keywarden.broker.capability.VerifiedCapability;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a token costs; never paid while a key waits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBenchmark {
  private final LiveSeat seat = new LiveSeat();
  private final byte[] token = seat.mint();

  /** Claims to signed token. */
  @Benchmark
  public byte[] mint() {
    return seat.mint();
  }

  /** Received bytes to claims that hold. */
  @Benchmark
  public VerifiedCapability verify() {
    return seat.verified(token);
  }
}
