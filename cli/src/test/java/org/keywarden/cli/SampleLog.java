package org.keywarden.cli;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.log.OwnerKeys;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.proto.audit.v1.ActionRefusal;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.BrokerStopped;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.GuardedEntered;
import org.keywarden.proto.audit.v1.GuardedLeft;
import org.keywarden.proto.audit.v1.Heartbeat;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.SigningKey;
import org.keywarden.proto.audit.v1.UserOverride;
import org.keywarden.proto.audit.v1.Withheld;

/** Writes a log as a person with a few input methods leaves it, one of them hostile. */
final class SampleLog implements AutoCloseable {
  static final long BEGIN = 1_780_000_000;

  private static final String[] APPLICATIONS = {
    "org.gnome.TextEditor",
    "firefox",
    "org.gnome.Terminal",
    "libreoffice-writer",
    "<b>&amp;\"editor\"</b>"
  };
  private static final CloseReason[] REASONS = {
    CloseReason.CLOSE_REASON_FOCUS_LOST,
    CloseReason.CLOSE_REASON_FOCUS_LOST,
    CloseReason.CLOSE_REASON_FOCUS_LOST,
    CloseReason.CLOSE_REASON_FIELD_SECRET,
    CloseReason.CLOSE_REASON_SUPERSEDED,
    CloseReason.CLOSE_REASON_EXPIRED,
  };

  private final Random random = new Random(7);
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final ApplicationNames names;
  private final Ed25519Signer signer;
  private final LogWriter writer;
  private long time = BEGIN;
  private byte start;
  private long serial;
  private long grant;

  SampleLog(Path state) throws IOException {
    this(state, LogWriter.Settings.DEFAULT);
  }

  SampleLog(Path state, LogWriter.Settings settings) throws IOException {
    OwnerKeys owner = new OwnerKeys(state, new SecureRandom());
    names = owner.applications();
    DiskFiles files = new DiskFiles(owner.logDirectory());
    signer = owner.signer();
    writer = LogWriter.open(files, signer, thread, settings, Long.MAX_VALUE);
    KeyHistory.ensure(files, signer.key());
  }

  void append(Record.Builder record) {
    byte[] id = new byte[16];
    id[0] = start;
    writer.append(
        RecordCodec.encode(record.setTime(time).setStart(ByteString.copyFrom(id)).build()),
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {}

          @Override
          public void failed(IOException reason) {
            throw new AssertionError(reason);
          }
        });
  }

  void checkpoint() {
    writer.checkpoint().join();
  }

  void pause(long seconds) {
    time += seconds;
  }

  void begin() {
    start++;
    serial = 0;
    grant = 0;
    append(Record.newBuilder().setBrokerStarted(BrokerStarted.newBuilder().setVersion("0.1.0")));
    append(
        Record.newBuilder()
            .setSigningKey(
                SigningKey.newBuilder().setPublicKey(ByteString.copyFrom(new byte[32]))));
    Record.Builder policy = Record.newBuilder();
    policy.getPolicyLoadedBuilder().setDigest(ByteString.copyFrom(new byte[32]));
    append(policy);
  }

  void register(long instance, String plugin) {
    Record.Builder record = Record.newBuilder();
    record.getPluginRegisteredBuilder().setInstance(instance).setPlugin(plugin);
    append(record);
  }

  long grant(long instance, String plugin, String application, long parent) {
    grant++;
    serial++;
    Record.Builder record = Record.newBuilder();
    record
        .getGrantIssuedBuilder()
        .setSerial(serial)
        .setGrant(grant)
        .setParent(parent)
        .setInstance(instance)
        .setPlugin(plugin)
        .setLifetimeMillis(10_000)
        .setApplication(names.hide(application));
    append(record);
    return grant;
  }

  void close(long which, CloseReason reason) {
    Record.Builder record = Record.newBuilder();
    record.getGrantClosedBuilder().setGrant(which).setReason(reason);
    append(record);
  }

  void refuse(long instance, ActionRefusal refusal, long count) {
    Record.Builder record = Record.newBuilder();
    record.getActionsRefusedBuilder().setInstance(instance).setRefusal(refusal).setCount(count);
    append(record);
  }

  void refuseToken(long instance, String reason, long count) {
    Record.Builder record = Record.newBuilder();
    record.getPresentationsRefusedBuilder().setInstance(instance).setReason(reason).setCount(count);
    append(record);
  }

  void violate(long instance, String channel) {
    Record.Builder record = Record.newBuilder();
    record.getWatchViolationBuilder().setInstance(instance).setChannel(channel);
    append(record);
  }

  void quarantine(String plugin) {
    Record.Builder record = Record.newBuilder();
    record.getPluginQuarantinedBuilder().setPlugin(plugin);
    append(record);
  }

  void choose(UserOverride.Builder override) {
    append(Record.newBuilder().setUserOverride(override));
  }

  void allow(String application) {
    choose(UserOverride.newBuilder().setApplication(names.hide(application)));
  }

  void forget(String application) {
    choose(UserOverride.newBuilder().setWithdrawn(names.hide(application)));
  }

  void stop() {
    append(Record.newBuilder().setBrokerStopped(BrokerStopped.newBuilder().setLastSerial(serial)));
  }

  /** A stretch of typing: so many fields one after the other, some of them guarded. */
  void type(long instance, String plugin, int fields) {
    for (int i = 0; i < fields; i++) {
      if (random.nextInt(5) == 0) {
        append(Record.newBuilder().setGuardedEntered(GuardedEntered.getDefaultInstance()));
        Record.Builder frozen = Record.newBuilder();
        frozen.getPluginFrozenBuilder().setInstance(instance);
        append(frozen);
        pause(3 + random.nextInt(12));
        Record.Builder thawed = Record.newBuilder();
        thawed.getPluginThawedBuilder().setInstance(instance);
        append(thawed);
        append(Record.newBuilder().setGuardedLeft(GuardedLeft.getDefaultInstance()));
        continue;
      }
      String application = APPLICATIONS[Math.min(random.nextInt(9), APPLICATIONS.length - 1)];
      long mine = grant(instance, plugin, application, 0);
      for (int renewals = random.nextInt(4); renewals > 0; renewals--) {
        pause(9);
        Record.Builder renewed = Record.newBuilder();
        renewed.getGrantRenewedBuilder().setGrant(mine);
        append(renewed);
      }
      pause(random.nextInt(9));
      close(mine, REASONS[random.nextInt(REASONS.length)]);
      pause(random.nextInt(4));
    }
  }

  void withhold(Withheld kind, long count) {
    Record.Builder record = Record.newBuilder();
    record.getRecordsWithheldBuilder().setKind(kind).setCount(count).setSeconds(61);
    append(record);
  }

  /** Some hours with everything that can happen. */
  void days() {
    begin();
    register(1, "org.example.kana");
    choose(UserOverride.newBuilder().setPlugin("org.example.kana"));
    type(1, "org.example.kana", 240);
    pause(900);
    append(Record.newBuilder().setHeartbeat(Heartbeat.newBuilder().setLastSerial(serial)));
    type(1, "org.example.kana", 180);
    allow("/usr/bin/xterm");
    stop();
    pause(3_000);
    begin();
    register(1, "org.example.pinyin");
    type(1, "org.example.pinyin", 160);
    register(2, "hostile<script>alert(1)</script>");
    choose(UserOverride.newBuilder().setPlugin("hostile<script>alert(1)</script>"));
    type(2, "hostile<script>alert(1)</script>", 30);
    refuse(2, ActionRefusal.ACTION_REFUSAL_NO_CAUSE, 612);
    pause(7);
    refuse(2, ActionRefusal.ACTION_REFUSAL_TEXT_NOT_ALLOWED, 40);
    pause(2);
    refuseToken(2, "TOKEN_SIGNATURE_INVALID", 1_204);
    withhold(Withheld.WITHHELD_GRANTS, 4_711);
    pause(60);
    violate(2, "unix socket");
    quarantine("hostile<script>alert(1)</script>");
    choose(UserOverride.newBuilder().setPlugin("org.example.kana"));
    register(3, "org.example.kana");
    type(3, "org.example.kana", 60);
    long left = grant(3, "org.example.kana", "firefox", 0);
    grant(3, "org.example.kana", "firefox", left);
    pause(20);
    begin();
    register(1, "org.example.kana");
    type(1, "org.example.kana", 200);
    stop();
  }

  @Override
  public void close() {
    writer.stop().join();
    thread.shutdown();
    signer.close();
  }
}
