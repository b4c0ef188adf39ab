package org.keywarden.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** {@code src/test/apps/fields.html}, served on the loopback interface to a browser. */
final class PageApplication implements Application {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ordered = lock.newCondition();
  private final HttpServer server;
  private final Path page;
  private volatile Fields fields = Fields.NONE;
  private int serial;
  private String field = "";

  PageApplication(Path page) throws IOException {
    this.page = page;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
    server.createContext("/", exchange -> answer(exchange, "text/html", Files.readString(page)));
    server.createContext("/fields", this::take);
    server.createContext("/order", this::tell);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private static void answer(HttpExchange exchange, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    fields = Fields.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    answer(exchange, "application/json", "{}");
  }

  /** Answers with the next order once there is one. */
  private void tell(HttpExchange exchange) throws IOException {
    int after = Integer.parseInt(exchange.getRequestURI().getQuery().substring("after=".length()));
    lock.lock();
    try {
      long left = TimeUnit.MINUTES.toNanos(30);
      while (serial <= after && left > 0) {
        left = ordered.awaitNanos(left);
      }
      answer(
          exchange,
          "application/json",
          "{\"serial\": %d, \"focus\": \"%s\"}".formatted(serial, field));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Fields fields() {
    return fields;
  }

  @Override
  public void order(int newSerial, String newField) {
    lock.lock();
    try {
      serial = newSerial;
      field = newField;
      ordered.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
