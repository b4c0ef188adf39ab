package org.keywarden.trusted;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.keywarden.hardening.ProcessSeal;
import org.keywarden.proto.trusted.v1.TrustedKeyboardServiceGrpc;
import org.keywarden.trusted.xkb.ComposeLocale;
import org.keywarden.trusted.xkb.ComposeSequences;
import org.keywarden.trusted.xkb.XkbSequences;

/** The trusted keyboard's process: one session with the broker, then the end. */
public final class TrustedKeyboard {
  /** The environment variable with the path of the broker's socket for this keyboard. */
  static final String SOCKET = "KEYWARDEN_SOCKET";

  /** The one with the path of the user's Compose rules; not set for none. */
  static final String COMPOSE = "KEYWARDEN_COMPOSE";

  // sysexits.h
  static final int EX_OK = 0;
  static final int EX_USAGE = 64;
  static final int EX_UNAVAILABLE = 69;
  static final int EX_SOFTWARE = 70;
  static final int EX_OSERR = 71;

  private static final long CLOSE_SECONDS = 2;
  // Held, or the garbage collector would take the level with the logger.
  private static final Logger ROOT = Logger.getLogger("");

  private TrustedKeyboard() {}

  /** Keeps this process's memory to itself, or says why it cannot. */
  interface Sealing {
    void apply() throws ProcessSeal.Unprotected;
  }

  /** Runs the keyboard until its session ends; the exit status is in docs/trusted-keyboard.md. */
  public static void main(String[] args) {
    System.exit(
        run(System.getenv(), XkbSequences.LIBRARY, ProcessSeal.ofThisProcess()::apply, System.err));
  }

  /** Everything but the exit; returns its status. */
  static int run(Map<String, String> environment, String library, Sealing seal, PrintStream err) {
    // The transport can log whole frames, and frames carry keys.
    LogManager.getLogManager().reset();
    ROOT.setLevel(Level.OFF);
    try {
      seal.apply();
    } catch (ProcessSeal.Unprotected e) {
      err.println("trusted-keyboard: " + e.getMessage() + "; it does not run so");
      return EX_OSERR;
    }
    String socket = environment.getOrDefault(SOCKET, "");
    if (socket.isEmpty()) {
      err.println(
          "trusted-keyboard: "
              + SOCKET
              + " is not set. The broker starts this program and sets it to the path of its"
              + " socket.");
      return EX_USAGE;
    }
    return status(converse(socket, () -> sequences(environment, library, err)), socket, err);
  }

  private static ComposeSequences sequences(
      Map<String, String> environment, String library, PrintStream err) {
    return XkbSequences.open(library, ComposeLocale.of(environment), rules(environment, err))
        .orElseGet(
            () -> {
              err.println(
                  "trusted-keyboard: dead keys and Compose are off: "
                      + library
                      + " or a Compose table it can read is missing; install the Debian packages"
                      + " libxkbcommon0 and libx11-data, or correct ~/.XCompose.");
              return ComposeSequences.none();
            });
  }

  /** The user's own rules, as the broker gathered them; empty if there are none. */
  private static String rules(Map<String, String> environment, PrintStream err) {
    String file = environment.getOrDefault(COMPOSE, "");
    if (file.isEmpty()) {
      return "";
    }
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      err.println("trusted-keyboard: your Compose file has no effect: it cannot be read.");
      return "";
    }
  }

  private static int status(KeyboardSession.End end, String socket, PrintStream err) {
    return switch (end) {
      case OVER -> EX_OK;
      case NEVER_CONNECTED -> {
        err.println(
            "trusted-keyboard: cannot connect to the broker at " + socket + "; is it running?");
        yield EX_UNAVAILABLE;
      }
      case FAILED -> {
        err.println("trusted-keyboard: a key could not be processed; the session was ended.");
        yield EX_SOFTWARE;
      }
    };
  }

  /**
   * Holds the session to its end. The sequences are opened, used and closed on the event loop's one
   * thread.
   */
  static KeyboardSession.End converse(String socket, Supplier<ComposeSequences> open) {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      ComposeSequences sequences = loop.submit(open::get).syncUninterruptibly().getNow();
      try {
        return converse(socket, loop, sequences);
      } finally {
        loop.submit(sequences::close).syncUninterruptibly();
      }
    } finally {
      loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static KeyboardSession.End converse(
      String socket, EventLoopGroup loop, ComposeSequences sequences) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket))
            .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
            .eventLoopGroup(loop)
            // gRPC sets this on every channel; a Unix socket has none and Netty would warn.
            .withOption(ChannelOption.SO_KEEPALIVE, null)
            .usePlaintext()
            .overrideAuthority("keywarden")
            .directExecutor()
            .build();
    try {
      KeyboardSession session = new KeyboardSession(new KeyAnswers(sequences));
      var unused = TrustedKeyboardServiceGrpc.newStub(channel).session(session);
      return session.end().join();
    } finally {
      channel.shutdownNow();
    }
  }
}
