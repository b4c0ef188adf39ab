package org.keywarden.fleet.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.verify.LogReader;
import org.keywarden.fleet.demo.Desktop;
import org.keywarden.proto.fleet.v1.Shipment;

/** An agent whose Kafka fails, and which itself ends, at every place there is. */
final class AgentTest {
  private static final Duration EVERY = Duration.ofSeconds(1);

  @TempDir Path directory;
  private final Topic topic = new Topic();
  private final List<String> said = new ArrayList<>();

  /** What Kafka keeps. Fails where it is told to, before or after it has kept it. */
  private static final class Topic implements Outlet.Opening {
    final List<Shipment> shipped = new ArrayList<>();
    final Random faults = new Random(5);
    Place place = Place.BEGINNING;
    double failing;
    RuntimeException failure = new TimeoutException("away");

    private void mayFail() {
      if (faults.nextDouble() < failing) {
        throw failure;
      }
    }

    @Override
    public Outlet open(String origin) {
      mayFail();
      Place kept = place;
      return new Outlet() {
        @Override
        public Place place() {
          return kept;
        }

        @Override
        public void ship(Shipment shipment, Place after) {
          mayFail();
          shipped.add(shipment);
          place = after;
          mayFail();
        }

        @Override
        public void close() {}
      };
    }

    List<ByteString> entries() {
      List<ByteString> all = new ArrayList<>();
      for (Shipment shipment : shipped) {
        assertEquals(all.size(), shipment.getFirst());
        all.addAll(shipment.getEntriesList());
      }
      return all;
    }
  }

  private Agent agent(Desktop desktop) {
    return new Agent(new LogFollower(new DiskFiles(desktop.log())), topic, EVERY, said::add);
  }

  @Test
  void eachEntryIsThereOnceWhateverFailsWhere() throws Exception {
    try (Desktop desktop = new Desktop(directory, new Random(1))) {
      desktop.start();
      Agent agent = agent(desktop);
      topic.failing = 0.3;
      for (int i = 0; i < 120; i++) {
        desktop.fields(topic.faults.nextInt(i % 40 == 0 ? 3_000 : 4));
        desktop.checkpoint();
        agent.step();
        if (topic.faults.nextInt(5) == 0) {
          // It is killed, and another begins.
          agent = agent(desktop);
        }
      }
      topic.failing = 0;
      agent.step();
      List<ByteString> all = new ArrayList<>();
      new LogReader(new DiskFiles(desktop.log()))
          .visit(0, (index, entry) -> all.add(ByteString.copyFrom(entry)));
      assertEquals(all.size(), topic.entries().size());
      assertEquals(all, topic.entries());
    }
  }

  @Test
  void itWaitsLongerAndLongerAndSaysOnceWhy() throws Exception {
    try (Desktop desktop = new Desktop(directory, new Random(1))) {
      desktop.checkpoint();
      Agent agent = agent(desktop);
      topic.failing = 1;
      Duration last = EVERY;
      for (int i = 0; i < 5; i++) {
        Duration pause = agent.step();
        assertTrue(pause.compareTo(last) > 0);
        last = pause;
      }
      for (int i = 0; i < 50; i++) {
        last = agent.step();
      }
      assertEquals(Agent.LONGEST_PAUSE, last);
      assertEquals(List.of("Kafka does not take it, trying again: away"), said);
      topic.failing = 0;
      assertEquals(EVERY, agent.step());
    }
  }

  @Test
  void aSecondAgentOfTheSameLogIsSaid() throws Exception {
    try (Desktop desktop = new Desktop(directory, new Random(1))) {
      desktop.checkpoint();
      topic.failing = 1;
      topic.failure = new ProducerFencedException("fenced");
      Agent agent = agent(desktop);
      agent.step();
      assertTrue(said.getFirst().contains("copy of this machine"));
    }
  }
}
