package org.keywarden.accessibility;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.keywarden.hardening.ProcessSeal;
import org.keywarden.ibus.wire.BusAddress;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * The listener's process. The broker starts it, reads what it says of each application from its
 * standard output ({@link Report}), and ends it by closing its standard input.
 *
 * <p>Exit status: 0 the input was closed, 69 no bus to listen on, 71 its memory is not protected.
 */
public final class AccessibilityListener {
  /** The environment variable with the addresses of the session bus. */
  static final String SESSION_BUS = "DBUS_SESSION_BUS_ADDRESS";

  // sysexits.h
  static final int EX_UNAVAILABLE = 69;
  static final int EX_OSERR = 71;

  /** There may be no such bus; it is not started for us. */
  private static final int FLAGS = Message.NO_AUTO_START;

  private AccessibilityListener() {}

  /** Listens until told to stop. */
  public static void main(String[] arguments) {
    System.exit(
        run(
            System.getenv().getOrDefault(SESSION_BUS, ""),
            new FileOutputStream(FileDescriptor.out),
            System.err));
  }

  private static int run(String sessionBus, OutputStream out, PrintStream err) {
    try {
      ProcessSeal.ofThisProcess().apply();
    } catch (ProcessSeal.Unprotected e) {
      err.println("accessibility: " + e.getMessage() + "; it does not run so");
      return EX_OSERR;
    }
    Thread.ofPlatform().daemon().name("end").start(() -> endWith(System.in));
    try (BusConnection bus = BusConnection.open(accessibilityBus(sessionBus))) {
      listen(bus, out, err);
    } catch (IOException | UncheckedIOException e) {
      err.println("accessibility: " + e.getMessage());
    }
    return EX_UNAVAILABLE;
  }

  private static void listen(BusConnection bus, OutputStream out, PrintStream err)
      throws IOException {
    FocusedObjects objects =
        new FocusedObjects(
            bus,
            // CLOCK_MONOTONIC on Linux (HotSpot), so that the broker's is the same.
            System::nanoTime,
            AccessibilityListener::startTime,
            report -> write(out, report.line()));
    objects.listen(
        problem -> {
          if (problem.isEmpty()) {
            write(out, Report.LISTENING);
          } else {
            throw new UncheckedIOException(new IOException(problem));
          }
        });
    while (true) {
      bus.next().ifPresent(objects::receive);
    }
  }

  /** Asks the session bus where the other bus is (AT-SPI 2: {@code org.a11y.Bus.GetAddress}). */
  private static BusAddress accessibilityBus(String sessionBus) throws IOException {
    BusAddress session =
        BusAddress.first(sessionBus)
            .orElseThrow(() -> new IOException(SESSION_BUS + " names no unix socket"));
    try (BusConnection bus = BusConnection.open(session)) {
      Message[] answered = new Message[1];
      Message call = Message.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress");
      bus.call(withFlags(call), answer -> answered[0] = answer);
      while (answered[0] == null) {
        var unused = bus.next();
      }
      return addressIn(answered[0])
          .orElseThrow(() -> new IOException("no accessibility bus: " + answered[0].errorName()));
    }
  }

  private static Message withFlags(Message call) {
    return new Message(
        call.kind(),
        FLAGS,
        call.serial(),
        call.path(),
        call.interfaceName(),
        call.member(),
        null,
        0,
        call.destination(),
        null,
        call.body());
  }

  private static Optional<BusAddress> addressIn(Message answer) {
    return !answer.body().isEmpty()
            && answer.kind() == Message.Kind.RETURN
            && answer.body().getFirst() instanceof Value.Str address
        ? BusAddress.first(address.value())
        : Optional.empty();
  }

  private static OptionalLong startTime(long pid) {
    try {
      String line =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The name in parentheses may hold anything, a closing one too.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 21);
      return OptionalLong.of(Long.parseLong(fields[19]));
    } catch (IOException | RuntimeException gone) {
      return OptionalLong.empty();
    }
  }

  private static void write(OutputStream out, String line) {
    try {
      out.write(line.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The broker closes it, or its end does. */
  private static void endWith(InputStream input) {
    try {
      while (input.read() >= 0) {
        // Nothing is ever said there.
      }
    } catch (IOException closed) {
      // As good as its end.
    }
    Runtime.getRuntime().halt(0);
  }
}
