package org.keywarden.conformance.puppet;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.conformance.stranger.Floods;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.input.v1.Right;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.DeriveCapabilityRequest;
import org.keywarden.proto.plugin.v1.DeriveCapabilityResponse;
import org.keywarden.proto.plugin.v1.GrantOffered;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc;

/** What the puppet can be ordered to do, and what it saw. On one thread, the event loop's. */
final class Acts {
  /** Of 256 descriptors; reports are files too. */
  private static final int KEPT = 150;

  private static final HexFormat HEX = HexFormat.of();

  private final EventLoopGroup loop;
  private final Path socket;
  private final String id;
  private final Holder holder = new Holder();
  private final Holder stranger = new Holder();
  private final List<ComposeCall> streams = new ArrayList<>();
  private final List<Line> others = new ArrayList<>();
  private final List<AutoCloseable> knocks = new ArrayList<>();
  private final JsonArray offers = new JsonArray();
  private final JsonArray revocations = new JsonArray();
  private final IntConsumer journal;
  private Behaviour behaviour;
  private @Nullable Line home;

  /**
   * @param initial what it does unasked until told otherwise
   * @param journal told of every keysym shown
   */
  Acts(EventLoopGroup loop, Path socket, String id, Behaviour initial, IntConsumer journal) {
    this.behaviour = initial;
    this.journal = journal;
    this.loop = loop;
    this.socket = socket;
    this.id = id;
  }

  /** Connects and registers, honestly. */
  void begin() {
    home = new Line(socket, loop, line -> line.register(id, holder, holder), this::told);
  }

  private Line home() {
    Line line = home;
    if (line == null) {
      throw new IllegalStateException("ordered before it began");
    }
    return line;
  }

  private void told(ConnectResponse response) {
    if (response.hasGrantOffered()) {
      offered(response.getGrantOffered());
    } else if (response.hasGrantRevoked()) {
      JsonObject revoked = new JsonObject();
      revoked.addProperty("grant", response.getGrantRevoked().getGrant());
      revoked.addProperty("reason", response.getGrantRevoked().getReason().name());
      revocations.add(revoked);
    }
  }

  private void offered(GrantOffered offer) {
    byte[] token = offer.getToken().toByteArray();
    JsonObject offered = new JsonObject();
    offered.addProperty("grant", offer.getGrant());
    offered.addProperty("token", HEX.formatHex(token));
    JsonArray rights = new JsonArray();
    offer.getRightsList().forEach(right -> rights.add(right.name()));
    offered.add("rights", rights);
    offers.add(offered);
    if (behaviour.open()) {
      open(home(), token, home().proof(holder, token));
    }
  }

  /** Does as told; reports when it is done, which may be later. */
  void obey(JsonObject order, Consumer<JsonObject> report) {
    switch (text(order, "verb")) {
      case "reset" -> reset(report);
      case "behave" -> behave(order, report);
      case "seen" -> report.accept(seen());
      case "endings" -> report.accept(endings());
      case "open" -> openAsTold(order, report);
      case "send" -> send(order, report);
      case "read" -> {
        stream(order).read(order.get("on").getAsBoolean());
        report.accept(new JsonObject());
      }
      case "derive" -> derive(order, report);
      case "register" -> register(order, report);
      case "knock" -> knock(order, report);
      case "standing" -> report.accept(standing(order));
      default -> throw new IllegalArgumentException("unknown verb " + text(order, "verb"));
    }
  }

  private void reset(Consumer<JsonObject> report) {
    behaviour = Behaviour.HONEST;
    streams.forEach(ComposeCall::cancel);
    streams.clear();
    others.forEach(line -> line.channel.shutdownNow());
    others.clear();
    knocks.forEach(Acts::close);
    knocks.clear();
    clear(offers);
    clear(revocations);
    report.accept(new JsonObject());
  }

  private static void clear(JsonArray array) {
    while (!array.isEmpty()) {
      array.remove(array.size() - 1);
    }
  }

  private void behave(JsonObject order, Consumer<JsonObject> report) {
    behaviour =
        new Behaviour(
            order.get("open").getAsBoolean(),
            Behaviour.Answers.valueOf(text(order, "answers").toUpperCase(Locale.ROOT)),
            text(order, "text"));
    report.accept(new JsonObject());
  }

  private JsonObject seen() {
    JsonObject seen = new JsonObject();
    seen.addProperty("standing", home().standing());
    seen.add("offers", offers.deepCopy());
    seen.add("revocations", revocations.deepCopy());
    JsonArray all = new JsonArray();
    streams.forEach(stream -> all.add(stream.seen()));
    seen.add("streams", all);
    return seen;
  }

  private JsonObject endings() {
    JsonArray reasons = new JsonArray();
    streams.stream().map(ComposeCall::ended).distinct().forEach(reasons::add);
    JsonObject endings = new JsonObject();
    endings.add("endings", reasons);
    return endings;
  }

  private void openAsTold(JsonObject order, Consumer<JsonObject> report) {
    byte[] token = HEX.parseHex(text(order, "token"));
    if (text(order, "connection").equals("new")) {
      others.add(
          new Line(
              socket,
              loop,
              line -> report.accept(open(line, token, proof(order, line, token))),
              ignored -> {}));
    } else {
      byte[] proof = proof(order, home(), token);
      for (int i = 1; i < count(order); i++) {
        open(home(), token, proof);
      }
      report.accept(open(home(), token, proof));
    }
  }

  private byte @Nullable [] proof(JsonObject order, Line line, byte[] token) {
    return switch (text(order, "proof")) {
      case "missing" -> null;
      case "stranger" -> line.proof(stranger, token);
      // Made for the connection it registered on, whichever it is shown on.
      case "copied" -> home().proof(holder, token);
      default -> line.proof(holder, token);
    };
  }

  private JsonObject open(Line line, byte[] token, byte @Nullable [] proof) {
    ComposeCall stream = new ComposeCall(line.channel, () -> behaviour, journal);
    streams.add(stream);
    stream.start(token.length == 0 ? null : token, proof);
    JsonObject opened = new JsonObject();
    opened.addProperty("stream", streams.size() - 1);
    return opened;
  }

  private ComposeCall stream(JsonObject order) {
    return streams.get(order.get("stream").getAsInt());
  }

  private void send(JsonObject order, Consumer<JsonObject> report) {
    ComposeCall stream = stream(order);
    byte[] message = HEX.parseHex(text(order, "message"));
    for (int i = 0; i < count(order); i++) {
      stream.send(message);
    }
    report.accept(new JsonObject());
  }

  private void derive(JsonObject order, Consumer<JsonObject> report) {
    byte[] token = HEX.parseHex(text(order, "token"));
    Metadata headers = new Metadata();
    headers.put(ComposeCall.TOKEN, token);
    headers.put(ComposeCall.PROOF, home().proof(holder, token));
    Holder child = text(order, "holder").equals("same") ? holder : stranger;
    DeriveCapabilityRequest.Builder request =
        DeriveCapabilityRequest.newBuilder()
            .setLifetimeMs(order.get("lifetime").getAsInt())
            .setHolderKey(ByteString.copyFrom(child.publicKey()));
    order.getAsJsonArray("rights").forEach(r -> request.addRights(Right.valueOf(r.getAsString())));
    PluginServiceGrpc.newStub(home().channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .deriveCapability(request.build(), new Derived(report));
  }

  private void register(JsonObject order, Consumer<JsonObject> report) {
    boolean honest = text(order, "proof").equals("honest");
    Line line =
        new Line(
            socket,
            loop,
            welcomed -> {
              welcomed.register(text(order, "id"), holder, honest ? holder : stranger);
              JsonObject sent = new JsonObject();
              sent.addProperty("line", others.size() - 1);
              report.accept(sent);
            },
            ignored -> {});
    others.add(line);
  }

  private JsonObject standing(JsonObject order) {
    JsonObject standing = new JsonObject();
    standing.addProperty("standing", others.get(order.get("line").getAsInt()).standing());
    return standing;
  }

  /** Beside the event loop, which goes on obeying; kept until the next reset. */
  private void knock(JsonObject order, Consumer<JsonObject> report) {
    boolean stay = order.get("stay").getAsBoolean();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              List<? extends AutoCloseable> made =
                  Floods.succession(socket, count(order), stay ? KEPT : 0);
              loop.execute(() -> knocked(made, report));
            });
  }

  private void knocked(List<? extends AutoCloseable> made, Consumer<JsonObject> report) {
    knocks.addAll(made);
    JsonObject told = new JsonObject();
    told.addProperty("made", made.size());
    report.accept(told);
  }

  private static void close(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      throw new IllegalStateException("a connection does not close", e);
    }
  }

  private static int count(JsonObject order) {
    return order.has("count") ? order.get("count").getAsInt() : 1;
  }

  private static String text(JsonObject order, String name) {
    return order.has(name) ? order.get(name).getAsString() : "";
  }

  /** Reports how a derivation ended. */
  private record Derived(Consumer<JsonObject> report)
      implements StreamObserver<DeriveCapabilityResponse> {
    @Override
    public void onNext(DeriveCapabilityResponse response) {
      JsonObject derived = new JsonObject();
      derived.addProperty("token", HEX.formatHex(response.getToken().toByteArray()));
      derived.addProperty("reason", "");
      report.accept(derived);
    }

    @Override
    public void onError(Throwable failure) {
      JsonObject refused = new JsonObject();
      refused.addProperty("token", "");
      refused.addProperty(
          "reason",
          failure instanceof StatusRuntimeException
              ? Refusals.reasonOf(failure)
                  .map(Refusals::nameOf)
                  .orElse("status " + Status.fromThrowable(failure).getCode())
              : failure.toString());
      report.accept(refused);
    }

    @Override
    public void onCompleted() {}
  }
}
