package org.keywarden.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.witness.AddCheckpoint;
import org.keywarden.audit.witness.Answer;
import org.keywarden.audit.witness.Witness;

/**
 * A witness's HTTP interface (C2SP tlog-witness): {@code POST /add-checkpoint}, nothing else. What
 * peers may cost is bounded: connections, bytes and seconds of a request.
 */
final class WitnessServer implements AutoCloseable {
  private static final String PATH = "/add-checkpoint";
  private static final int BACKLOG = 16;

  static {
    // Read once by the JDK's server (module jdk.httpserver).
    System.setProperty("jdk.httpserver.maxConnections", "64");
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "50");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Witness witness;
  private final Consumer<String> log;

  private WitnessServer(HttpServer server, Witness witness, Consumer<String> log) {
    this.server = server;
    this.witness = witness;
    this.log = log;
  }

  /**
   * Starts serving.
   *
   * @param log takes a line for each checkpoint cosigned or refused
   * @throws IOException if the address cannot be listened on
   */
  static WitnessServer start(InetSocketAddress address, Witness witness, Consumer<String> log)
      throws IOException {
    WitnessServer started = new WitnessServer(HttpServer.create(address, BACKLOG), witness, log);
    started.server.createContext("/", started::answer);
    started.server.setExecutor(started.threads);
    started.server.start();
    return started;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        reply(exchange, 404, "", "there is only " + PATH + "\n");
      } else if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        reply(exchange, 405, "", "");
      } else {
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.LONGEST + 1);
        if (body.length > AddCheckpoint.LONGEST) {
          reply(exchange, 413, "", "a request has at most " + AddCheckpoint.LONGEST + " bytes\n");
        } else {
          reply(exchange, witness.add(body));
        }
      }
    } catch (IOException e) {
      log.accept("failed: " + e.getMessage());
      throw e;
    }
  }

  private void reply(HttpExchange exchange, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Cosigned cosigned -> {
        StringBuilder lines = new StringBuilder();
        cosigned.signatures().stream().map(SignedNote.Signature::line).forEach(lines::append);
        log.accept("cosigned");
        reply(exchange, 200, "text/plain; charset=utf-8", lines.toString());
      }
      case Answer.OtherSize other -> reply(exchange, 409, "text/x.tlog.size", other.size() + "\n");
      case Answer.Inconsistent inconsistent -> {
        log.accept("REFUSED: a checkpoint that does not extend the last one of its log");
        reply(exchange, 422, "", "the checkpoint does not extend the last one cosigned\n");
      }
      case Answer.UnknownLog unknown -> reply(exchange, 404, "", "this log is not witnessed\n");
      case Answer.NotSigned unsigned ->
          reply(exchange, 403, "", "no known key of this log signed the checkpoint\n");
      case Answer.Unreadable unreadable -> reply(exchange, 400, "", unreadable.why() + "\n");
    }
  }

  private static void reply(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", type.isEmpty() ? "text/plain; charset=utf-8" : type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
