package org.keywarden.fleet.alerts;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.keywarden.fleet.kafka.Topics;
import org.keywarden.proto.fleet.v1.Alert;

/**
 * Reads the topic of alerts from its beginning, as an operator's own program would.
 *
 * <p>Thread: one.
 */
public final class AlertReader implements AutoCloseable {
  private final Consumer<String, byte[]> consumer;

  /** Begins with the oldest alert. */
  public AlertReader(Properties client, Topics topics) {
    Properties settings = new Properties();
    settings.putAll(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all =
        consumer.partitionsFor(topics.alerts()).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /** Returns those that came, after waiting for some if there are none. */
  public List<Alert> poll(Duration longest) {
    List<Alert> alerts = new ArrayList<>();
    consumer
        .poll(longest)
        .forEach(
            record -> {
              try {
                alerts.add(Alert.parseFrom(record.value()));
              } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("the topic of alerts has something else", e);
              }
            });
    return alerts;
  }

  /** Whether alerts that are there already were not returned yet. */
  public boolean hasMore() {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
