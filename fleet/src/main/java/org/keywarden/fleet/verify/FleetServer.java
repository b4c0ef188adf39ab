package org.keywarden.fleet.verify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.keywarden.fleet.page.FleetJson;
import org.keywarden.fleet.page.FleetPage;
import org.keywarden.fleet.page.FleetView;

/**
 * Answers over HTTP: the page, and JSON of one log, of those that fail, and of totals. Only reads.
 *
 * <p>Thread: its own, one request at a time.
 */
final class FleetServer implements AutoCloseable {
  /** What is known of the logs now. */
  interface Source {
    /**
     * Everything.
     *
     * @throws InvalidStateStoreException while partitions move
     */
    FleetView view();

    /** One log; empty if it is not known here. */
    Optional<FleetView.Log> log(String origin);
  }

  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final Source source;

  private FleetServer(HttpServer server, Source source) {
    this.server = server;
    this.source = source;
  }

  static FleetServer start(InetSocketAddress address, Source source) throws IOException {
    FleetServer started = new FleetServer(HttpServer.create(address, 16), source);
    started.server.createContext("/", started::answer);
    started.server.setExecutor(started.executor);
    started.server.start();
    return started;
  }

  /** The port it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  private record Reply(int status, String type, String body) {}

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type() + "; charset=utf-8");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Reply reply(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("GET")) {
      return new Reply(405, "text/plain", "only GET\n");
    }
    if (!isNumeric(exchange.getRequestHeaders().getFirst("Host"))) {
      return new Reply(421, "text/plain", "ask by address, or as localhost\n");
    }
    try {
      URI uri = exchange.getRequestURI();
      return switch (uri.getPath()) {
        case "/" -> new Reply(200, "text/html", FleetPage.of(source.view()));
        case "/api/totals" -> new Reply(200, JSON, FleetJson.totals(source.view()));
        case "/api/failing" -> new Reply(200, JSON, FleetJson.failing(source.view()));
        case "/api/log" -> log(uri);
        default -> new Reply(404, "text/plain", "not here\n");
      };
    } catch (InvalidStateStoreException | IllegalArgumentException e) {
      return new Reply(503, "text/plain", "not ready: partitions move\n");
    }
  }

  private Reply log(URI uri) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    String origin = URLDecoder.decode(query.replaceFirst("^origin=", ""), StandardCharsets.UTF_8);
    return source
        .log(origin)
        .map(log -> new Reply(200, JSON, FleetJson.log(log)))
        .orElse(new Reply(404, JSON, "{}"));
  }

  /** A name could be of a page elsewhere that wants to read this one (DNS rebinding). */
  private static boolean isNumeric(String host) {
    return host != null && host.matches("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+])(:[0-9]+)?");
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }
}
