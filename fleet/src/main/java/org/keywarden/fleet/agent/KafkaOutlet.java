package org.keywarden.fleet.agent;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.keywarden.audit.Malformed;
import org.keywarden.fleet.kafka.Topics;
import org.keywarden.proto.fleet.v1.Shipment;

/**
 * Ships into a topic. Shipment and place are one transaction of Kafka's; the place is the offset of
 * a consumer group that has the agent's name. A second agent of the same log ends the first one's
 * transactions.
 */
final class KafkaOutlet implements Outlet {
  private final Topics topics;
  private final String origin;
  private final Producer<String, byte[]> producer;
  private final Place place;

  private KafkaOutlet(
      Topics topics, String origin, Producer<String, byte[]> producer, Place place) {
    this.topics = topics;
    this.origin = origin;
    this.producer = producer;
    this.place = place;
  }

  /**
   * @param client properties of Kafka's clients
   */
  static KafkaOutlet open(Properties client, Topics topics, String origin) {
    Properties settings = new Properties();
    settings.putAll(client);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.agent(origin));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    Producer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
      return new KafkaOutlet(topics, origin, producer, kept(client, topics, origin));
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /** Partition 0 of the topic, which there always is, stands for the log. */
  private static TopicPartition placeOf(Topics topics) {
    return new TopicPartition(topics.logs(), 0);
  }

  private static Place kept(Properties client, Topics topics, String origin) {
    String group = topics.agent(origin);
    try (Admin admin = Admin.create(client)) {
      OffsetAndMetadata kept =
          admin
              .listConsumerGroupOffsets(
                  group, new ListConsumerGroupOffsetsOptions().requireStable(true))
              .partitionsToOffsetAndMetadata()
              .get()
              .get(placeOf(topics));
      return kept == null ? Place.BEGINNING : Place.read(kept.offset(), kept.metadata());
    } catch (ExecutionException e) {
      throw new KafkaException("the place cannot be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (Malformed e) {
      throw new KafkaException(e.reason(), e);
    }
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public void ship(Shipment shipment, Place after) {
    producer.beginTransaction();
    var _ = producer.send(new ProducerRecord<>(topics.logs(), origin, shipment.toByteArray()));
    producer.sendOffsetsToTransaction(
        Map.of(
            placeOf(topics),
            new OffsetAndMetadata(after.next(), Optional.empty(), after.metadata())),
        new ConsumerGroupMetadata(topics.agent(origin)));
    producer.commitTransaction();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
