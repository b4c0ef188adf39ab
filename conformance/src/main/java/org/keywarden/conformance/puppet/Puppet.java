package org.keywarden.conformance.puppet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The puppet's process: takes orders {@code orders/<n>.json} in turn, leaves {@code
 * reports/<n>.json}. A new process goes on after the last report there is.
 */
public final class Puppet {
  private static final long POLL_MILLIS = 2;

  private final Path orders;
  private final Path reports;
  private final Acts acts;
  private long next = 1;

  private Puppet(Path state, Acts acts) {
    this.orders = state.resolve("orders");
    this.reports = state.resolve("reports");
    this.acts = acts;
  }

  /**
   * @param arguments the state directory; then, for one that nobody orders about, how it answers
   *     keys
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> environment = System.getenv();
    Path state = Path.of(arguments[0]);
    MultiThreadIoEventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    boolean alone = arguments.length > 1;
    if (alone && !Files.exists(state.resolve(Journal.FILE))) {
      Files.createFile(state.resolve(Journal.FILE));
    }
    Behaviour initial =
        alone
            ? new Behaviour(true, Behaviour.Answers.valueOf(arguments[1]), "\u001b")
            : Files.exists(state.resolve(Journal.FILE)) ? Behaviour.ECHOING : Behaviour.HONEST;
    Acts acts =
        new Acts(
            loop,
            Path.of(environment.getOrDefault("KEYWARDEN_SOCKET", "")),
            environment.getOrDefault("KEYWARDEN_PLUGIN_ID", ""),
            initial,
            Journal.below(state));
    Puppet puppet = new Puppet(state, acts);
    puppet.goOn();
    loop.submit(acts::begin);
    watch(loop, puppet);
  }

  /** The event loop is itself the scheduler, so orders and callbacks never overlap. */
  private static void watch(ScheduledExecutorService scheduler, Puppet puppet) {
    scheduler.scheduleWithFixedDelay(puppet::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void goOn() throws IOException {
    Files.createDirectories(orders);
    Files.createDirectories(reports);
    while (Files.exists(orders.resolve(next + ".json"))) {
      next++;
    }
  }

  private void poll() {
    Path order = orders.resolve(next + ".json");
    if (!Files.exists(order)) {
      return;
    }
    long number = next++;
    try {
      JsonObject told = JsonParser.parseString(Files.readString(order)).getAsJsonObject();
      acts.obey(told, report -> write(number, report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      JsonObject failure = new JsonObject();
      failure.addProperty("failure", e.toString());
      write(number, failure);
    }
  }

  private void write(long number, JsonObject report) {
    Path temporary = reports.resolve(number + ".tmp");
    try {
      Files.writeString(temporary, report.toString());
      Files.move(temporary, reports.resolve(number + ".json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
