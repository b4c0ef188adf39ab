package org.keywarden.broker.frontdoor.accessibility;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.process.Backoff;

/**
 * Keeps the process running that listens on the accessibility bus while there is such a bus, and
 * passes on what it says. What it says at once of one application is its last word only, so that
 * the seat's thread has as much to do as there are applications.
 */
public final class Listener {
  /** What it needs of its surroundings. */
  public interface Place {
    /** Starts the process; called on a thread of its own. */
    Process start() throws IOException;

    /** The seat's thread. */
    Executor seatThread();

    /** Runs {@code later} on the seat's thread after {@code delay} ns. */
    void schedule(long delay, Runnable later);

    /** In ns of any clock. */
    long now();
  }

  private static final String NO_BUS = "off: no accessibility bus in this session";

  private final FocusedObjects objects;
  private final Place place;
  private final Backoff backoff;
  private final Consumer<String> report;
  private boolean wanted;
  private @Nullable Process process;

  /** Of the run that counts. */
  private long run;

  private String status = NO_BUS;

  /**
   * @param report takes a sentence for the operator
   */
  public Listener(FocusedObjects objects, Place place, Backoff backoff, Consumer<String> report) {
    this.objects = objects;
    this.place = place;
    this.backoff = backoff;
    this.report = report;
  }

  /** "listening", or in words for people why not. */
  public String status() {
    return status;
  }

  /** There is an accessibility bus in this session, or none any more. */
  public void busIs(boolean there) {
    if (there == wanted) {
      return;
    }
    wanted = there;
    if (there) {
      backoff.forgive();
      launch();
    } else {
      end();
    }
  }

  private void end() {
    run++;
    status = NO_BUS;
    objects.forget();
    if (process != null) {
      process.destroy();
      process = null;
    }
  }

  private void launch() {
    long number = ++run;
    status = "starting";
    backoff.started(place.now());
    Thread.ofPlatform().daemon().name("accessibility").start(() -> follow(number));
  }

  private void follow(long number) {
    String how;
    try {
      Process started = place.start();
      place.seatThread().execute(() -> started(number, started));
      how = read(number, started);
    } catch (IOException e) {
      how = "it cannot be started: " + e.getMessage();
    } catch (InterruptedException e) {
      how = "interrupted";
    }
    String end = how;
    place.seatThread().execute(() -> ended(number, end));
  }

  private void started(long number, Process started) {
    if (number == run) {
      process = started;
    } else {
      started.destroy();
    }
  }

  private void ended(long number, String how) {
    if (number != run) {
      return;
    }
    process = null;
    objects.forget();
    OptionalLong delay = backoff.died(place.now());
    if (delay.isEmpty()) {
      status = "not listening, after five ends within a minute; last: " + how;
      report.accept("the accessibility bus is not listened to any more: " + how);
      return;
    }
    status = "not listening: " + how;
    place.schedule(
        delay.getAsLong(),
        () -> {
          if (number == run && wanted) {
            launch();
          }
        });
  }

  // On the thread that reads.

  private String read(long number, Process from) throws IOException, InterruptedException {
    Batch batch = new Batch(number);
    byte[] line = new byte[FocusedObject.LONGEST];
    int length = 0;
    try (InputStream in = from.getInputStream()) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n' && length < line.length) {
          line[length++] = (byte) next;
        } else if (next != '\n' || !batch.take(ascii(line, length))) {
          from.destroyForcibly();
          return "it said what it does not say";
        } else {
          length = 0;
        }
      }
    }
    return "it ended with status " + from.waitFor();
  }

  private static String ascii(byte[] line, int length) {
    return new String(line, 0, length, StandardCharsets.US_ASCII);
  }

  /** What was said and not passed on yet. */
  private final class Batch {
    private final long number;
    private final Map<Long, FocusedObject> said = new LinkedHashMap<>();

    Batch(long number) {
      this.number = number;
    }

    /** Takes a line; false if it is none of a listener's. */
    boolean take(String line) {
      if (line.equals("listening")) {
        place.seatThread().execute(() -> status = number == run ? line : status);
        return true;
      }
      Optional<FocusedObject> object = FocusedObject.of(line);
      object.ifPresent(this::add);
      return object.isPresent();
    }

    private void add(FocusedObject object) {
      boolean first;
      synchronized (said) {
        first = said.isEmpty();
        said.remove(object.process());
        said.put(object.process(), object);
      }
      if (first) {
        place.seatThread().execute(this::passOn);
      }
    }

    private void passOn() {
      List<FocusedObject> all;
      synchronized (said) {
        all = new ArrayList<>(said.values());
        said.clear();
      }
      if (number == run) {
        all.forEach(objects::take);
      }
    }
  }
}
