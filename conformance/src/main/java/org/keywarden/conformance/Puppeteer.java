package org.keywarden.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.keywarden.proto.input.v1.Right;

/** The kit's hand on a hostile plugin. */
final class Puppeteer {
  private final String id;
  private final Path orders;
  private final Path reports;
  private long last;

  Puppeteer(String id, Path state) {
    this.id = id;
    this.orders = state.resolve("orders");
    this.reports = state.resolve("reports");
  }

  String id() {
    return id;
  }

  /** Gives an order without waiting for the report; returns its number. */
  long order(JsonObject order) {
    last++;
    Path temporary = orders.resolve(last + ".tmp");
    try {
      Files.createDirectories(orders);
      Files.writeString(temporary, order.toString());
      Files.move(temporary, orders.resolve(last + ".json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return last;
  }

  /** Waits for the report on an order. */
  JsonObject report(long number) throws Unsettled {
    Path report = reports.resolve(number + ".json");
    Await.until(
        "report of " + id, Await.PATIENCE, () -> Files.exists(report), () -> "order " + number);
    try {
      JsonObject told = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
      if (told.has("failure")) {
        throw new Unsettled(id + " could not obey: " + told.get("failure").getAsString());
      }
      return told;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonObject obey(JsonObject order) throws Unsettled {
    return report(order(order));
  }

  private static JsonObject verb(String verb) {
    JsonObject order = new JsonObject();
    order.addProperty("verb", verb);
    return order;
  }

  void reset() throws Unsettled {
    obey(verb("reset"));
  }

  /**
   * @param answers none, pass, swallow, commit, delete or forward
   */
  void behave(boolean open, String answers, String text) throws Unsettled {
    JsonObject order = verb("behave");
    order.addProperty("open", open);
    order.addProperty("answers", answers);
    order.addProperty("text", text);
    obey(order);
  }

  JsonObject seen() throws Unsettled {
    return obey(verb("seen"));
  }

  /** Waits for the newest offer when there are at least so many; returns its token. */
  byte[] awaitToken(int offers) throws Unsettled {
    Await.until(
        "offer number " + offers + " to " + id,
        Await.PATIENCE,
        () -> seen().getAsJsonArray("offers").size() >= offers,
        () -> "fewer offers");
    JsonArray all = seen().getAsJsonArray("offers");
    return HexFormat.of()
        .parseHex(all.get(all.size() - 1).getAsJsonObject().get("token").getAsString());
  }

  /**
   * Opens a stream.
   *
   * @param proof honest, missing, stranger (by another key) or copied (for the first connection)
   * @param connection same or new
   * @return its number
   */
  int open(byte[] token, String proof, String connection) throws Unsettled {
    JsonObject order = verb("open");
    order.addProperty("token", HexFormat.of().formatHex(token));
    order.addProperty("proof", proof);
    order.addProperty("connection", connection);
    return obey(order).get("stream").getAsInt();
  }

  /** Opens many streams at once with one token, honestly proven. */
  void openOften(byte[] token, int count) throws Unsettled {
    JsonObject order = verb("open");
    order.addProperty("token", HexFormat.of().formatHex(token));
    order.addProperty("proof", "honest");
    order.addProperty("connection", "same");
    order.addProperty("count", count);
    obey(order);
  }

  /** The different reasons for which streams ended so far. */
  Set<String> endings() throws Unsettled {
    Set<String> endings = new HashSet<>();
    obey(verb("endings"))
        .getAsJsonArray("endings")
        .forEach(reason -> endings.add(reason.getAsString()));
    return endings;
  }

  /** Opens a stream and waits for its end; returns the reason, or "OPENED". */
  String present(byte[] token, String proof, String connection) throws Unsettled {
    int number = open(token, proof, connection);
    Await.until(
        "answer to a presentation",
        Await.PATIENCE,
        () -> stream(number).opened() || !stream(number).ended().isEmpty(),
        () -> "silence");
    Stream stream = stream(number);
    return stream.ended().isEmpty() ? "OPENED" : stream.ended();
  }

  void send(int stream, byte[] message, int count) throws Unsettled {
    obey(sending(stream, message, count));
  }

  static JsonObject sending(int stream, byte[] message, int count) {
    JsonObject order = verb("send");
    order.addProperty("stream", stream);
    order.addProperty("message", HexFormat.of().formatHex(message));
    order.addProperty("count", count);
    return order;
  }

  void read(int stream, boolean on) throws Unsettled {
    JsonObject order = verb("read");
    order.addProperty("stream", stream);
    order.addProperty("on", on);
    obey(order);
  }

  /** Asks for a derived capability; returns the reason it was refused, "" if it was not. */
  String derive(byte[] token, int lifetimeMillis, Right... rights) throws Unsettled {
    return derive(token, "other", lifetimeMillis, rights);
  }

  /**
   * As above.
   *
   * @param holder of the child: "other", or "same" as the parent's
   */
  String derive(byte[] token, String holder, int lifetimeMillis, Right... rights) throws Unsettled {
    JsonObject order = verb("derive");
    order.addProperty("holder", holder);
    order.addProperty("token", HexFormat.of().formatHex(token));
    order.addProperty("lifetime", lifetimeMillis);
    JsonArray names = new JsonArray();
    for (Right right : rights) {
      names.add(right.name());
    }
    order.add("rights", names);
    return obey(order).get("reason").getAsString();
  }

  /** Registers on a new connection; returns how that stood when it settled. */
  String register(String as, String proof) throws Unsettled {
    JsonObject order = verb("register");
    order.addProperty("id", as);
    order.addProperty("proof", proof);
    JsonObject ask = verb("standing");
    ask.add("line", obey(order).get("line"));
    Await.until(
        "answer to a registration",
        Await.PATIENCE,
        () -> !obey(ask).get("standing").getAsString().isEmpty(),
        () -> "silence");
    return obey(ask).get("standing").getAsString();
  }

  /** A Compose stream as the puppet saw it. */
  record Stream(
      boolean opened,
      List<Integer> keysyms,
      List<Long> sequences,
      List<String> refusals,
      List<String> surroundings,
      String ended) {}

  List<Stream> streams() throws Unsettled {
    List<Stream> streams = new ArrayList<>();
    for (JsonElement element : seen().getAsJsonArray("streams")) {
      JsonObject stream = element.getAsJsonObject();
      List<Integer> keysyms = new ArrayList<>();
      List<Long> sequences = new ArrayList<>();
      for (JsonElement key : stream.getAsJsonArray("keys")) {
        keysyms.add(key.getAsJsonObject().get("keysym").getAsInt());
        sequences.add(key.getAsJsonObject().get("sequence").getAsLong());
      }
      List<String> refusals = new ArrayList<>();
      stream.getAsJsonArray("refusals").forEach(refusal -> refusals.add(refusal.getAsString()));
      List<String> surroundings = new ArrayList<>();
      stream.getAsJsonArray("surroundings").forEach(text -> surroundings.add(text.getAsString()));
      streams.add(
          new Stream(
              stream.get("opened").getAsBoolean(),
              keysyms,
              sequences,
              refusals,
              surroundings,
              stream.get("ended").getAsString()));
    }
    return streams;
  }

  Stream stream(int number) throws Unsettled {
    return streams().get(number);
  }

  /** Every text around a cursor any stream showed. */
  List<String> surroundings() throws Unsettled {
    return streams().stream().flatMap(stream -> stream.surroundings().stream()).toList();
  }

  /**
   * Has it open connections to its own socket; gives the order's number, since it takes a while.
   *
   * @param stay whether they are kept
   */
  long knock(int count, boolean stay) {
    JsonObject order = verb("knock");
    order.addProperty("count", count);
    order.addProperty("stay", stay);
    return order(order);
  }

  /** Whether an order is carried out. */
  boolean reported(long number) {
    return Files.exists(reports.resolve(number + ".json"));
  }

  /** Every keysym any stream showed. */
  List<Integer> keysyms() throws Unsettled {
    return streams().stream().flatMap(stream -> stream.keysyms().stream()).toList();
  }

  /** Waits for so many keys on the first stream; returns the last one's sequence. */
  long awaitKeys(int count) throws Unsettled {
    Await.until(
        "key number " + count + " at the puppet",
        Await.PATIENCE,
        () -> stream(0).sequences().size() >= count,
        () -> "fewer");
    return stream(0).sequences().getLast();
  }

  String awaitEnd(int number) throws Unsettled {
    Await.until(
        "end of stream " + number,
        Await.PATIENCE,
        () -> !stream(number).ended().isEmpty(),
        () -> "still open");
    return stream(number).ended();
  }

  /** Waits until a stream was refused something so often; returns all it was refused. */
  List<String> awaitRefusals(int number, int count) throws Unsettled {
    Await.until(
        count + " refusals on stream " + number,
        Await.PATIENCE,
        () -> stream(number).refusals().size() >= count || !stream(number).ended().isEmpty(),
        () -> "fewer");
    return stream(number).refusals();
  }
}
