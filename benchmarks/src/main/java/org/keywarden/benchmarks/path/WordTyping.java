package org.keywarden.benchmarks.path;

import java.io.IOException;
import org.keywarden.client.bus.IbusTyper;

/** The same word over and over, by IBus's protocol. */
record WordTyping(IbusTyper typer, int[] word) implements Contender.Typing {
  @Override
  public double[] type(int events, long gap) throws IOException {
    return typer.type(word, events, gap);
  }

  @Override
  public long composed() {
    return typer.composed();
  }

  @Override
  public void close() throws IOException {
    typer.close();
  }
}
