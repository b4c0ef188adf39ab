package org.keywarden.benchmarks.path;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.keywarden.benchmarks.live.MeasuredBroker;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.client.bus.IbusTyper;

/** The installed product: sandbox, grant log and policy as shipped. */
final class Keywarden implements Contender {
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
  private static final long BETWEEN = Duration.ofMillis(10).toNanos();

  private final String name;
  private final MeasuredBroker broker;

  private Keywarden(String name, MeasuredBroker broker) {
    this.name = name;
    this.broker = broker;
  }

  static Keywarden start(BrokerLaunch launch) throws IOException {
    return new Keywarden("Keywarden, romaji IME in its sandbox", MeasuredBroker.start(launch));
  }

  /** The same without a sandbox for the input method and the trusted keyboard. */
  static Keywarden startUnconfined(BrokerLaunch launch) throws IOException {
    return new Keywarden(
        "Keywarden, romaji IME without a sandbox", MeasuredBroker.startUnconfined(launch));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Typing typing() throws IOException {
    IbusTyper typer = IbusTyper.connect(broker.ibusSocket());
    typer.focus();
    awaitComposing(typer);
    return new WordTyping(typer, Words.ROMAJI);
  }

  /** The broker is ready before its input method is; until then keys go to the application. */
  private static void awaitComposing(IbusTyper typer) throws IOException {
    long giveUp = System.nanoTime() + PATIENCE;
    while (typer.composed() == 0) {
      if (System.nanoTime() > giveUp) {
        throw new IOException("Keywarden's input method is not ready after 30 s");
      }
      double[] unused = typer.type(Words.ROMAJI, 2, BETWEEN);
    }
    double[] ignored = typer.type(Words.RETURN, 2, 0);
  }

  @Override
  public List<Long> processes() {
    return broker.pids();
  }

  @Override
  public void close() throws IOException {
    broker.close();
  }
}
