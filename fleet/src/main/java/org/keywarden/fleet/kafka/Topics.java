package org.keywarden.fleet.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics' names.
 *
 * @param prefix also the id of the verifier's application, and of agents' transactions
 */
public record Topics(String prefix) {
  /** What machines send, keyed by the log's origin. */
  public String logs() {
    return prefix + "-logs";
  }

  /** What was found, keyed by the log's origin. */
  public String alerts() {
    return prefix + "-alerts";
  }

  /** The name under which an agent ships the log of this origin, and keeps its place. */
  public String agent(String origin) {
    return prefix + "-agent-" + origin;
  }

  /**
   * Makes the topics that are missing, as the verifier needs them: the time of a record is that of
   * Kafka, so a machine's clock says nothing.
   *
   * @throws ExecutionException if Kafka refuses
   */
  public void make(Admin admin, int partitions) throws ExecutionException, InterruptedException {
    Set<String> there = admin.listTopics().names().get();
    List<NewTopic> missing = new ArrayList<>();
    for (String name : List.of(logs(), alerts())) {
      if (!there.contains(name)) {
        missing.add(
            new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of("message.timestamp.type", "LogAppendTime")));
      }
    }
    try {
      admin.createTopics(missing).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
