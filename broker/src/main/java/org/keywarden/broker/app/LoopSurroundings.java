package org.keywarden.broker.app;

import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.Supervisor;
import org.keywarden.broker.rpc.UnixServer;

/** What supervisors need, given by the event loop. */
final class LoopSurroundings implements Supervisor.Surroundings {
  private final ProcessStarter starter;
  private final UnixServer.Environment servers;
  private final Path socketDirectory;
  private final LongSupplier clock;
  private final EventLoop loop;
  private final RandomGenerator random;
  private long lastInstance;

  LoopSurroundings(
      ProcessStarter starter,
      UnixServer.Environment servers,
      Path socketDirectory,
      LongSupplier clock,
      EventLoop loop,
      RandomGenerator random) {
    this.starter = starter;
    this.servers = servers;
    this.socketDirectory = socketDirectory;
    this.clock = clock;
    this.loop = loop;
    this.random = random;
  }

  @Override
  public ProcessStarter starter() {
    return starter;
  }

  @Override
  public UnixServer.Environment servers() {
    return servers;
  }

  @Override
  public Path socketDirectory() {
    return socketDirectory;
  }

  @Override
  public long nextInstance() {
    return ++lastInstance;
  }

  @Override
  public long now() {
    return clock.getAsLong();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public void schedule(long delay, Runnable later) {
    loop.schedule(later, delay, TimeUnit.NANOSECONDS);
  }

  @Override
  public void report(String line) {
    Console.errors().line(line);
  }
}
