package org.keywarden.broker.frontdoor.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.testbed.Await;

/** What a program has to answer before it counts as having handled its keys. */
final class WindowPingsTest {
  private static final long PID = 4711;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final AtomicLong clock = new AtomicLong(1);
  private final AtomicBoolean handled = new AtomicBoolean();
  @TempDir Path directory;

  @AfterEach
  void end() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void thread(long pid, String name, String children) throws IOException {
    Path thread = Files.createDirectories(directory.resolve(pid + "/task/" + name));
    Files.writeString(thread.resolve("children"), children);
  }

  /** Asks until the server has done something for it: it is reached a little later. */
  private WindowPings ask(FakeDisplay display, BooleanSupplier done) {
    WindowPings pings =
        new WindowPings(
            Optional.of(new DisplayAddress(directory.resolve("X"), new byte[] {1, 2, 3})),
            loops.next(),
            clock::get,
            directory);
    loops.execute(pings::open);
    Await.until(
        "work of the server",
        () -> {
          clock.addAndGet(1_000_000_000);
          loops.execute(() -> pings.ask(PID, () -> handled.set(true)));
          return Await.within(Duration.ofMillis(200), done::getAsBoolean);
        },
        () -> "pings " + display.pings + ", looked at " + display.looked);
    return pings;
  }

  @Test
  void aProgramThatAnswersThreeTimesHasHandledItsKeys() throws Exception {
    thread(PID, "1", "");
    try (FakeDisplay display = new FakeDisplay(directory.resolve("X"), PID, Integer.MAX_VALUE)) {
      var unused = ask(display, () -> !display.pings.isEmpty());
      Await.until("proof", handled::get, () -> display.pings.toString());
      assertTrue(display.pings.size() >= 3, display.pings.toString());
      Await.until(
          "end of listening",
          () -> Integer.valueOf(0).equals(display.listened.poll()),
          () -> "listens on");
    }
  }

  @Test
  void twoAnswersAreNotEnough() throws Exception {
    thread(PID, "1", "");
    try (FakeDisplay display = new FakeDisplay(directory.resolve("X"), PID, 2)) {
      var unused = ask(display, () -> !display.pings.isEmpty());
      Await.until("third ping", () -> display.pings.size() >= 3, () -> display.pings.toString());
      Await.until(
          "end of listening",
          () -> Integer.valueOf(0).equals(display.listened.poll()),
          () -> "listens on");
      assertFalse(handled.get());
    }
  }

  @Test
  void anotherProgramsWindowIsNotAsked() throws Exception {
    thread(PID, "1", "");
    try (FakeDisplay display = new FakeDisplay(directory.resolve("X"), PID + 1, 0)) {
      var unused = ask(display, () -> display.looked.size() >= 4);
      assertTrue(display.pings.isEmpty());
      assertFalse(handled.get());
    }
  }

  @Test
  void whoAsksWithoutEndIsLookedAtNowAndThen() throws Exception {
    thread(PID, "1", "");
    try (FakeDisplay display = new FakeDisplay(directory.resolve("X"), PID + 1, 0)) {
      WindowPings pings = ask(display, () -> !display.looked.isEmpty());
      for (int i = 0; i < 1_000; i++) {
        loops.submit(() -> pings.ask(PID, () -> {})).sync();
      }
      long first = clock.get() / 1_000_000_000;
      assertTrue(
          display.looked.size() <= 2 * (first + 5),
          () -> "two windows for each of " + first + " and 5 more: " + display.looked.size());
    }
  }

  @Test
  void aProgramOfSeveralProcessesIsNotAsked() throws IOException {
    OneProcess processes = new OneProcess(directory);
    assertFalse(processes.isAlone(PID), "unknown");
    thread(PID, "1", "");
    assertTrue(processes.isAlone(PID));
    thread(PID, "2", "4712 ");
    assertFalse(processes.isAlone(PID));
    assertFalse(new OneProcess(Path.of("/proc")).isAlone(1), "it has children, or is another's");
  }

  @Test
  void theCookieIsThatOfTheDisplay() throws IOException {
    Path authority = directory.resolve("authority");
    String of = "MIT-MAGIC-COOKIE-1";
    Files.writeString(
        authority,
        "\1\0\0\4host\0\1" + "7\0\22" + of + "\0\2ab\1\0\0\4host\0\1" + "8\0\22" + of + "\0\2cd");
    assertEquals("cd", cookie(":8", authority));
    assertEquals("ab", cookie("unix:7.0", authority));
    assertEquals("", cookie(":9", authority));
    Files.writeString(authority, "\1\0\0\4ho");
    assertEquals("", cookie(":8", authority), "cut off");
  }

  private static String cookie(String display, Path authority) {
    return DisplayAddress.of(Map.of("DISPLAY", display, "XAUTHORITY", authority.toString()))
        .map(address -> new String(address.cookie(), StandardCharsets.US_ASCII))
        .orElse("no display");
  }

  @Test
  void aDisplayOfAnotherMachineIsNotReached() {
    assertEquals("no display", cookie("host:10.0", directory));
    assertEquals("no display", cookie("", directory));
  }
}
