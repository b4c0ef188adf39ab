package org.keywarden.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.capability.Possession;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.ConnectRequest;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.KeyDelivery;
import org.keywarden.proto.plugin.v1.Register;
import org.keywarden.testbed.Await;

/** Plays the broker of one conversation to a plugin, and holds the plugin to its part. */
final class Player implements AutoCloseable {
  static final String ID = "test.plugin";

  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Launcher launcher;
  private final Path log;
  private final Path socket;
  private final PlayedBroker broker;
  private final Map<Long, PlayedBroker.Call<ComposeRequest, ComposeResponse>> grants =
      new HashMap<>();
  private PlayedBroker.@Nullable Call<ConnectRequest, ConnectResponse> session;
  private Launcher.@Nullable Started plugin;
  private byte[] nonce = new byte[0];
  private byte[] holderKey = new byte[0];
  private boolean welcomed;

  Player(Launcher launcher, Path directory) throws IOException {
    this.launcher = launcher;
    this.log = directory.resolve("log");
    this.socket = directory.resolve("socket");
    this.broker = new PlayedBroker(socket);
  }

  void play(Conversation conversation) throws Exception {
    start();
    for (int i = 0; i < conversation.steps().size(); i++) {
      Conversation.Step step = conversation.steps().get(i);
      try {
        take(step);
      } catch (AssertionError | Exception e) {
        throw new AssertionError(
            conversation.name() + ", step " + i + ": " + step.json() + "\n" + log(), e);
      }
    }
  }

  private void take(Conversation.Step step) throws Exception {
    switch (step.who() + " " + step.what()) {
      case "plugin starts" -> start();
      case "broker says" -> {
        if (step.isOfGrant()) {
          of(step).say(step.into(ComposeResponse.newBuilder()).build());
        } else {
          tell(step.into(ConnectResponse.newBuilder()).build());
        }
      }
      case "broker types" -> type(step);
      case "broker stops reading" -> of(step).stopReading();
      case "broker reads again" -> of(step).readAgain();
      case "broker aborts" -> abort(step);
      case "broker completes" -> {
        if (step.isOfGrant()) {
          of(step).complete();
        } else {
          session().complete();
        }
      }
      case "broker vanishes" -> broker.vanish();
      case "plugin registers" -> checkRegistration();
      case "plugin presents" -> checkPresentation(step);
      case "plugin says" ->
          assertEquals(step.into(ComposeRequest.newBuilder()).build(), of(step).hear());
      case "plugin answers" -> checkAnswers(step);
      case "plugin says nothing more" -> assertTrue(of(step).isSilent(), "it said more");
      case "plugin leaves" -> of(step).awaitEnd();
      case "plugin exits" -> checkExit(step.number("status"));
      case "log has" ->
          Await.until("such line in the log", () -> log().contains(step.text("text")));
      case "log has once" -> assertEquals(1, log().split(step.text("text"), -1).length - 1);
      case "log never has" -> assertFalse(log().contains(step.text("text")));
      default -> throw new IllegalArgumentException("there is no such step");
    }
  }

  private void start() throws IOException {
    plugin =
        launcher.start(
            Map.of("KEYWARDEN_SOCKET", socket.toString(), "KEYWARDEN_PLUGIN_ID", ID), log);
    session = null;
    welcomed = false;
  }

  private PlayedBroker.Call<ConnectRequest, ConnectResponse> session() throws InterruptedException {
    PlayedBroker.Call<ConnectRequest, ConnectResponse> known = session;
    if (known == null) {
      known = broker.session();
      session = known;
    }
    return known;
  }

  private PlayedBroker.Call<ComposeRequest, ComposeResponse> of(Conversation.Step step) {
    PlayedBroker.Call<ComposeRequest, ComposeResponse> call = grants.get(step.grant());
    if (call == null) {
      throw new AssertionError("the plugin has not presented this grant");
    }
    return call;
  }

  private void tell(ConnectResponse message) throws InterruptedException {
    if (message.hasWelcome()) {
      nonce = message.getWelcome().getConnectionNonce().toByteArray();
      welcomed = true;
    }
    session().say(message);
  }

  private void checkRegistration() throws Exception {
    assertTrue(welcomed, "before the broker said welcome");
    Register register = session().hear().getRegister();
    assertEquals(ID, register.getPluginId());
    byte[] previous = holderKey;
    holderKey = register.getHolderKey().toByteArray();
    assertFalse(Arrays.equals(previous, holderKey), "the key of an earlier instance");
    assertTrue(
        isByHolder(Possession.toRegister(nonce, holderKey), register.getProof().toByteArray()));
  }

  private void checkPresentation(Conversation.Step step) throws Exception {
    byte[] offered = Base64.getDecoder().decode(step.text("token"));
    PlayedBroker.Call<ComposeRequest, ComposeResponse> call = broker.presented();
    byte[] token = call.header("keywarden-token-bin");
    // Of a grant that was revoked before: the plugin may have begun to present it.
    while (!Arrays.equals(offered, token)) {
      call = broker.presented();
      token = call.header("keywarden-token-bin");
    }
    assertTrue(isByHolder(Possession.toPresent(nonce, token), call.header("keywarden-proof-bin")));
    grants.put(step.grant(), call);
  }

  private void type(Conversation.Step step) {
    for (int i = 1; i <= step.number("keys"); i++) {
      Key key =
          Key.newBuilder()
              .setKeysym(step.number("keysym"))
              .setAction(KeyAction.KEY_ACTION_PRESS)
              .build();
      of(step)
          .say(
              ComposeResponse.newBuilder()
                  .setKey(KeyDelivery.newBuilder().setSequence(i).setKey(key))
                  .build());
    }
  }

  private void checkAnswers(Conversation.Step step) throws Exception {
    for (int i = 1; i <= step.number("keys"); i++) {
      assertEquals(i, of(step).hear().getAnswer().getSequence());
    }
  }

  private void abort(Conversation.Step step) throws InterruptedException {
    Throwable how =
        Refusals.of(Reason.valueOf("REASON_" + step.text("reason")), "said by the conversation");
    if (step.isOfGrant()) {
      of(step).fail(how);
    } else {
      session().fail(how);
    }
  }

  private void checkExit(int status) throws Exception {
    assertEquals(
        status,
        Objects.requireNonNull(plugin).exit().get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  /** Whether the signature is by the key the plugin registered. */
  private boolean isByHolder(byte[] message, byte[] signature) throws GeneralSecurityException {
    byte[] encoded = new byte[X509_PREFIX.length + holderKey.length];
    System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
    System.arraycopy(holderKey, 0, encoded, X509_PREFIX.length, holderKey.length);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    verifier.update(message);
    return verifier.verify(signature);
  }

  private String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    Launcher.Started running = plugin;
    if (running != null) {
      running.kill().run();
    }
    broker.close();
  }
}
