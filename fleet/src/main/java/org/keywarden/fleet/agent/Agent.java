package org.keywarden.fleet.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.verify.LogVerifier;

/**
 * Ships a log as it grows. Holds one shipment in memory, nothing on disk: what could not be shipped
 * is still in the log.
 *
 * <p>Thread: one.
 */
final class Agent implements AutoCloseable {
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final LogFollower follower;
  private final Outlet.Opening opening;
  private final Duration every;
  private final Consumer<String> report;
  private @Nullable Outlet outlet;
  private Place place = Place.BEGINNING;
  private Duration pause;
  private String said = "";

  /**
   * @param every how often to look for something new
   * @param report takes a line for the operator
   */
  Agent(LogFollower follower, Outlet.Opening opening, Duration every, Consumer<String> report) {
    this.follower = follower;
    this.opening = opening;
    this.every = every;
    this.report = report;
    this.pause = every;
  }

  /**
   * Ships everything that is there.
   *
   * @return how long to wait before the next time; longer and longer while it fails
   */
  Duration step() {
    try {
      Outlet open = open();
      for (Optional<LogFollower.Next> next = follower.next(place);
          next.isPresent();
          next = follower.next(place)) {
        open.ship(next.get().shipment(), next.get().after());
        follower.shipped(next.get());
        place = next.get().after();
      }
      say("");
      pause = every;
    } catch (IOException e) {
      say("the log cannot be read: " + LogVerifier.explain(e));
      longer();
    } catch (ProducerFencedException e) {
      close();
      say("another agent ships a log of the same name: is there a copy of this machine?");
      longer();
    } catch (KafkaException e) {
      close();
      say("Kafka does not take it, trying again: " + e.getMessage());
      longer();
    }
    return pause;
  }

  private void longer() {
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private Outlet open() throws IOException {
    if (outlet == null) {
      outlet = opening.open(follower.origin());
      place = outlet.place();
      report.accept("shipping " + follower.origin() + " from entry " + place.next());
    }
    return outlet;
  }

  /** Says each thing once. */
  private void say(String line) {
    if (!line.isEmpty() && !line.equals(said)) {
      report.accept(line);
    }
    said = line;
  }

  @Override
  public void close() {
    if (outlet != null) {
      outlet.close();
      outlet = null;
    }
  }
}
