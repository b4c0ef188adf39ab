package org.keywarden.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.rpc.SchemaCheck;
import org.keywarden.proto.host.v1.AttachRequest;
import org.keywarden.proto.host.v1.KeyTyped;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.input.v1.Preedit;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.KeyAnswer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to hold a key's two incoming messages against their schema. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchemaBenchmark {
  private final SchemaCheck check = new SchemaCheck();
  private final AttachRequest key =
      AttachRequest.newBuilder()
          .setKey(
              KeyTyped.newBuilder()
                  .setField(1)
                  .setKeyId(1)
                  .setKey(
                      Key.newBuilder()
                          .setKeysym('a')
                          .setKeycode(38)
                          .setAction(KeyAction.KEY_ACTION_PRESS)))
          .build();
  private final ComposeRequest answer =
      ComposeRequest.newBuilder()
          .setAnswer(
              KeyAnswer.newBuilder()
                  .setSequence(1)
                  .setHandled(true)
                  .addActions(
                      Action.newBuilder()
                          .setPreedit(Preedit.newBuilder().setText("か").setCursor(1))))
          .build();

  /** A key from an application. */
  @Benchmark
  public @Nullable String key() {
    return check.problem(key);
  }

  /** An answer with a preedit from an input method. */
  @Benchmark
  public @Nullable String answer() {
    return check.problem(answer);
  }
}
