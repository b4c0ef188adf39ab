package org.keywarden.fleet.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.fleet.kafka.Topics;

/** An agent on a thread of its own, from its start until it is closed. */
public final class RunningAgent implements AutoCloseable {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  private RunningAgent(Agent agent) {
    this.thread = Thread.ofPlatform().name("agent").start(() -> run(agent));
  }

  /**
   * Starts one.
   *
   * @param log the log's directory
   * @param client properties of Kafka's clients
   * @param every how often to look for something new
   * @param report takes a line for the operator, on the agent's thread
   */
  public static RunningAgent start(
      Path log, Properties client, Topics topics, Duration every, Consumer<String> report) {
    return new RunningAgent(
        new Agent(
            new LogFollower(new DiskFiles(log)),
            origin -> KafkaOutlet.open(client, topics, origin),
            every,
            report));
  }

  private void run(Agent agent) {
    try (agent) {
      Duration wait = Duration.ZERO;
      while (!stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        wait = agent.step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it ends by itself, which is when it fails for a reason not foreseen. */
  void await() throws InterruptedException {
    thread.join();
  }

  /** Ends it after what it is doing. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
