package org.keywarden.benchmarks.path;

import java.io.IOException;
import java.util.List;
import org.keywarden.benchmarks.live.BrokerProcess;
import org.keywarden.cli.BrokerLaunch;
import org.keywarden.cli.demo.IbusTyper;

/** The installed product: sandbox, grant log and policy as shipped. */
final class Keywarden implements Contender {
  private final String name;
  private final BrokerProcess broker;
  private final int uid;

  private Keywarden(String name, BrokerProcess broker, int uid) {
    this.name = name;
    this.broker = broker;
    this.uid = uid;
  }

  static Keywarden start(BrokerLaunch launch, int uid) throws IOException {
    return new Keywarden("Keywarden, romaji IME in its sandbox", BrokerProcess.start(launch), uid);
  }

  /** The same without a sandbox for the input method and the trusted keyboard. */
  static Keywarden startUnconfined(BrokerLaunch launch, int uid) throws IOException {
    return new Keywarden(
        "Keywarden, romaji IME without a sandbox", BrokerProcess.startUnconfined(launch), uid);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Typing typing() throws IOException {
    IbusTyper typer = IbusTyper.connect(broker.ibusSocket(), uid);
    typer.focus();
    return new WordTyping(typer, Words.ROMAJI);
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
