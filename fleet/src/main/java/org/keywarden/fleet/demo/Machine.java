package org.keywarden.fleet.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.keywarden.fleet.agent.RunningAgent;
import org.keywarden.fleet.kafka.Topics;

/**
 * A desktop and its agent, and what can be done to them.
 *
 * <p>Thread: one.
 */
final class Machine implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final int MOST_FIELDS = 4;

  private final Path state;
  private final Path kept;
  private final RandomGenerator random;
  private final Properties client;
  private final Topics topics;
  private final String origin;
  private @Nullable Desktop desktop;
  private @Nullable RunningAgent agent;
  private @Nullable RunningAgent second;

  Machine(Path state, RandomGenerator random, Properties client, Topics topics) throws IOException {
    this.state = state;
    this.kept = state.resolveSibling(state.getFileName() + ".kept");
    this.random = random;
    this.client = client;
    this.topics = topics;
    Desktop begun = new Desktop(state, random);
    this.desktop = begun;
    this.origin = begun.key().name();
    begun.start();
    begun.checkpoint();
  }

  Desktop desktop() {
    if (desktop == null) {
      throw new IllegalStateException("the machine is off");
    }
    return desktop;
  }

  String origin() {
    return origin;
  }

  boolean isOn() {
    return desktop != null;
  }

  void startAgent() {
    agent = start(state);
  }

  private RunningAgent start(Path of) {
    return RunningAgent.start(of.resolve("log"), client, topics, EVERY, line -> {});
  }

  /** Somebody types for a moment. */
  void work() {
    if (desktop != null) {
      desktop.fields(random.nextInt(MOST_FIELDS));
      desktop.checkpoint();
    }
  }

  /** Remembers the disk as it is, for {@link #plant}. */
  void keep() throws IOException {
    desktop().checkpoint();
    Trees.copy(state, kept);
  }

  /** Does it. */
  void plant(Plant fault) throws IOException {
    switch (fault) {
      case ROLLBACK -> {
        desktop().close();
        Trees.copy(kept, state);
        desktop = new Desktop(state, random);
        desktop.start();
        desktop.checkpoint();
      }
      case FORK -> {
        try (Desktop copy = new Desktop(kept, random)) {
          copy.start();
          copy.fields(1_000);
          copy.checkpoint();
        }
        second = start(kept);
      }
      case SILENCE -> {
        close();
        desktop = null;
      }
      case HOSTILE_IME -> {
        desktop().attack();
        desktop().checkpoint();
      }
    }
  }

  @Override
  public void close() {
    if (agent != null) {
      agent.close();
    }
    if (second != null) {
      second.close();
    }
    if (desktop != null) {
      desktop.close();
    }
  }
}
