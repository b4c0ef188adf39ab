package org.keywarden.fleet.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.keywarden.fleet.agent.RunningAgent;
import org.keywarden.fleet.kafka.Topics;

/** Agents of several logs in one process, to be killed. */
final class AgentHost {
  private AgentHost() {}

  /** Arguments: Kafka's address, then directories of logs. */
  public static void main(String[] arguments) throws InterruptedException {
    java.util.logging.LogManager.getLogManager().reset();
    Properties client = new Properties();
    client.setProperty("bootstrap.servers", arguments[0]);
    client.setProperty("max.block.ms", "10000");
    for (int i = 1; i < arguments.length; i++) {
      RunningAgent.start(
          Path.of(arguments[i]),
          client,
          new Topics("keywarden"),
          Duration.ofMillis(300),
          line -> {});
    }
    new CountDownLatch(1).await();
  }
}
