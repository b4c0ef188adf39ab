package org.keywarden.accessibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keywarden.hardening.JvmOptions;
import org.keywarden.ibus.wire.BusAddress;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** The whole program on a real bus, which is the session's and the accessibility bus in one. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AccessibilityListenerTest {
  private static final int PASSWORD_TEXT = 40;
  private static final String OBJECT = "/org/a11y/atspi/accessible/5";

  private final List<Process> started = new ArrayList<>();
  private Process daemon;
  private String address;

  @BeforeEach
  void startBus() throws IOException {
    daemon =
        new ProcessBuilder("dbus-daemon", "--session", "--nofork", "--print-address=1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    address = daemon.inputReader().readLine();
  }

  @AfterEach
  void end() throws InterruptedException {
    started.forEach(Process::destroyForcibly);
    endBus();
  }

  private void endBus() throws InterruptedException {
    daemon.destroyForcibly().waitFor();
  }

  private Process listener(String... files) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String file : files) {
      command.add("@../hardening/src/main/jvm/" + file + ".args");
    }
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), AccessibilityListener.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(new File("").getAbsoluteFile());
    builder.environment().put(AccessibilityListener.SESSION_BUS, address);
    JvmOptions.CLEARED.forEach(builder.environment()::remove);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** Says where the bus is, is its registry, and an application whose password has the focus. */
  private final class Desktop extends Thread {
    private final BusConnection bus;
    private int registered;

    Desktop() throws IOException {
      super("desktop");
      setDaemon(true);
      bus = BusConnection.open(BusAddress.first(address).orElseThrow());
      own("org.a11y.Bus");
      own("org.a11y.atspi.Registry");
      start();
    }

    private void own(String name) throws IOException {
      boolean[] done = new boolean[1];
      bus.call(
          Message.call(
              Bus.BUS,
              Bus.BUS_PATH,
              Bus.BUS,
              "RequestName",
              new Value.Str(name),
              new Value.UInt32(0)),
          answer -> done[0] = true);
      while (!done[0]) {
        var unused = bus.next();
      }
    }

    @Override
    public void run() {
      try {
        while (true) {
          bus.next().filter(Message::wantsReply).ifPresent(this::serve);
        }
      } catch (IOException | UncheckedIOException ended) {
        // The bus is gone, and the test over.
      }
    }

    private void serve(Message call) {
      switch (String.valueOf(call.member())) {
        case "GetAddress" -> bus.send(call.reply(new Value.Str(address)));
        case "GetRole" -> bus.send(call.reply(new Value.UInt32(PASSWORD_TEXT)));
        case "RegisterEvent" -> {
          bus.send(call.reply());
          if (++registered == 2) {
            bus.send(
                Message.signal(
                    OBJECT,
                    "org.a11y.atspi.Event.Object",
                    "StateChanged",
                    new Value.Str("focused"),
                    new Value.Int32(1)));
          }
        }
        default -> bus.send(call.error("org.example.Unknown", call.member() + " is not served"));
      }
    }
  }

  @Test
  void aPasswordOfAnotherProcessIsTold() throws Exception {
    var unused = new Desktop();
    long before = System.nanoTime();
    Process process = listener("common", "sealed", "accessibility");
    BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
    assertEquals("listening", out.readLine(), () -> rest(process));
    String[] told = out.readLine().split(" ", -1);
    assertEquals("focus", told[0]);
    assertEquals(ProcessHandle.current().pid(), Long.parseLong(told[1]));
    assertTrue(Long.parseLong(told[2]) > 0, told[2]);
    assertEquals("secret", told[3]);
    long at = Long.parseLong(told[4]);
    assertTrue(at > before && at < System.nanoTime(), "another clock");
    process.getOutputStream().close();
    assertEquals(0, process.waitFor());
  }

  @Test
  void noBusIsStartedForIt() throws Exception {
    Process process = listener("common", "sealed", "accessibility");
    assertEquals(69, process.waitFor());
    assertTrue(rest(process).startsWith("accessibility: no accessibility bus: "));
  }

  @Test
  void itEndsWithTheBus() throws Exception {
    var unused = new Desktop();
    Process process = listener("common", "sealed", "accessibility");
    BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
    assertEquals("listening", out.readLine(), () -> rest(process));
    endBus();
    assertEquals(69, process.waitFor());
  }

  @Test
  void itDoesNotRunWithItsMemoryOpen() throws Exception {
    Process process = listener("common");
    assertEquals(71, process.waitFor());
  }

  private static String rest(Process process) {
    try {
      return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
