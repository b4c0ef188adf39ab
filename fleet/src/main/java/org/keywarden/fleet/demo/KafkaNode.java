package org.keywarden.fleet.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** Kafka with one node, broker and controller (KRaft), on the loopback address. */
public final class KafkaNode {
  private static final Logger ALL = Logger.getLogger("");

  private KafkaNode() {}

  /**
   * Runs it until the process is ended; goes on with what lies in the directory.
   *
   * @param arguments directory, port of the broker, port of the controller
   */
  public static void main(String[] arguments) throws Exception {
    ALL.setLevel(Level.SEVERE);
    Path directory = Path.of(arguments[0]);
    Path settings = directory.resolve("server.properties");
    if (!Files.exists(settings)) {
      Files.writeString(
          settings,
          String.format(
              Locale.ROOT,
              """
              process.roles=broker,controller
              node.id=1
              listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
              controller.listener.names=CONTROLLER
              controller.quorum.voters=1@127.0.0.1:%2$d
              log.dirs=%3$s
              auto.create.topics.enable=false
              offsets.topic.replication.factor=1
              offsets.topic.num.partitions=4
              transaction.state.log.replication.factor=1
              transaction.state.log.min.isr=1
              transaction.state.log.num.partitions=4
              share.coordinator.state.topic.replication.factor=1
              share.coordinator.state.topic.min.isr=1
              group.initial.rebalance.delay.ms=0
              """,
              Integer.parseInt(arguments[1]),
              Integer.parseInt(arguments[2]),
              directory.resolve("data")));
      int formatted =
          StorageTool.execute(
              new String[] {
                "format", "--config", settings.toString(), "--cluster-id", Uuid.randomUuid() + ""
              },
              System.err);
      if (formatted != 0) {
        System.exit(formatted);
      }
    }
    Kafka.main(new String[] {settings.toString()});
  }
}
