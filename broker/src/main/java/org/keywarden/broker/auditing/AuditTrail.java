package org.keywarden.broker.auditing;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.seat.PluginInstance;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.TokenRequest;
import org.keywarden.proto.audit.v1.GuardedEntered;
import org.keywarden.proto.audit.v1.GuardedLeft;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.UndeclaredChannel;
import org.keywarden.proto.audit.v1.Withheld;

/**
 * The grant log on disk, as the seat's thread sees it: everything is handed to the log's own thread
 * in the order it came, and confirmations come back.
 *
 * <p>Thread: {@link #issued}, {@link #closed}, {@link #refused}, {@link #withheld} and {@link
 * #guarded} the seat's; the rest any.
 */
public final class AuditTrail implements GrantLog {
  private final TrailKeeper keeper;
  private final RecentGrants recent;
  private final Executor logThread;
  private final Executor seatThread;
  private final Marks<Boolean> guarded;

  /** Of each plugin instance; used on the log's thread. */
  private final Map<Long, Marks<Stop>> stops = new HashMap<>();

  /** How a plugin was last stopped, or that it goes on. */
  private enum Stop {
    RUNNING,
    FROZEN,
    /** Not all of it was seen to stand still. */
    UNCONFIRMED
  }

  /** On its way to the log's thread; null if nothing is. */
  private final AtomicReference<@Nullable Turns> guardedTurns = new AtomicReference<>();

  /** How often keys came to be guarded or ceased to be, and which of the two was last. */
  private record Turns(boolean entered, long count) {}

  /**
   * @param recent the newest grants, for whoever asks the broker
   * @param logThread runs one task at a time, in order
   */
  public AuditTrail(
      TrailKeeper keeper, RecentGrants recent, Executor logThread, Executor seatThread) {
    this.keeper = keeper;
    this.recent = recent;
    this.logThread = logThread;
    this.seatThread = seatThread;
    this.guarded = new Marks<>(false, entered -> keeper.happened(mark(entered)));
  }

  @Override
  public void issued(TokenRequest request, Runnable durable, Runnable failed) {
    Runnable confirmed =
        () -> {
          recent.recorded(request);
          durable.run();
        };
    logThread.execute(
        () ->
            keeper.issued(
                request, () -> seatThread.execute(confirmed), () -> seatThread.execute(failed)));
  }

  @Override
  public void closed(long grant, RevocationReason reason, long at) {
    recent.closed(grant, reason, at);
    logThread.execute(() -> keeper.closed(grant, reason));
  }

  @Override
  public void refused(long instance, long grant, Refusal refusal, long at) {
    logThread.execute(() -> keeper.refused(instance, grant, refusal));
  }

  @Override
  public void withheld(String application) {
    keeper.withheld().grant(application);
  }

  @Override
  public void presentationRefused(long instance, String reason) {
    logThread.execute(() -> keeper.presentationRefused(instance, reason));
  }

  private void record(Consumer<Record.Builder> event) {
    logThread.execute(() -> keeper.happened(event));
  }

  /** Records a key that signs tokens; records handed over later come after it. */
  public void signingKey(byte[] publicKey) {
    ByteString key = ByteString.copyFrom(publicKey);
    record(record -> record.getSigningKeyBuilder().setPublicKey(key));
  }

  public void policyLoaded(byte[] digest) {
    ByteString policy = ByteString.copyFrom(digest);
    record(record -> record.getPolicyLoadedBuilder().setDigest(policy));
  }

  /**
   * Records a plugin that is installed.
   *
   * @param publisher SHA-256 of the key that signed it, empty if nobody did
   * @param archive SHA-256 of what was signed, empty if nothing was
   */
  public void pluginFound(String plugin, String version, byte[] publisher, byte[] archive) {
    ByteString key = ByteString.copyFrom(publisher);
    ByteString digest = ByteString.copyFrom(archive);
    record(
        record ->
            record
                .getPluginFoundBuilder()
                .setPlugin(plugin)
                .setVersion(version)
                .setPublisher(key)
                .setArchive(digest));
  }

  public void pluginRegistered(PluginInstance instance, String plugin, Digest holder) {
    record(
        record ->
            record
                .getPluginRegisteredBuilder()
                .setInstance(instance.number())
                .setPlugin(plugin)
                .setHolder(ByteString.copyFrom(holder.bytes())));
  }

  public void pluginEnded(PluginInstance instance) {
    record(record -> record.getPluginEndedBuilder().setInstance(instance.number()));
    logThread.execute(
        () -> {
          Marks<Stop> ended = stops.remove(instance.number());
          if (ended != null) {
            countStops(instance.number(), ended);
          }
        });
  }

  public void pluginQuarantined(String plugin) {
    record(record -> record.getPluginQuarantinedBuilder().setPlugin(plugin));
  }

  /** Records that keys of a guarded field now go past every input method, or no longer. */
  public void guarded(boolean entered) {
    Turns before =
        guardedTurns.getAndUpdate(
            known -> new Turns(entered, known == null ? 1 : known.count() + 1));
    if (before == null) {
      logThread.execute(
          () -> {
            Turns now = guardedTurns.getAndSet(null);
            if (now != null) {
              guarded.happened(now.entered(), now.count());
            }
          });
    }
  }

  private static Consumer<Record.Builder> mark(boolean entered) {
    return record -> {
      if (entered) {
        record.setGuardedEntered(GuardedEntered.getDefaultInstance());
      } else {
        record.setGuardedLeft(GuardedLeft.getDefaultInstance());
      }
    };
  }

  /**
   * Records that a plugin was stopped.
   *
   * @param confirmed whether all of it was seen to stand still
   */
  public void pluginFrozen(long instance, boolean confirmed) {
    stop(instance, confirmed ? Stop.FROZEN : Stop.UNCONFIRMED);
  }

  public void pluginThawed(long instance) {
    stop(instance, Stop.RUNNING);
  }

  private void stop(long instance, Stop now) {
    logThread.execute(
        () ->
            stops
                .computeIfAbsent(
                    instance,
                    number ->
                        new Marks<>(Stop.RUNNING, stop -> keeper.happened(mark(number, stop))))
                .happened(now));
  }

  private static Consumer<Record.Builder> mark(long instance, Stop stop) {
    return record -> {
      switch (stop) {
        case RUNNING -> record.getPluginThawedBuilder().setInstance(instance);
        case FROZEN -> record.getPluginFrozenBuilder().setInstance(instance);
        case UNCONFIRMED ->
            record.getPluginFrozenBuilder().setInstance(instance).setUnconfirmed(true);
      }
    };
  }

  /**
   * Records an undeclared channel.
   *
   * @param kind of the channel, without its name
   */
  public void watchViolation(long instance, UndeclaredChannel kind) {
    record(record -> record.getWatchViolationBuilder().setInstance(instance).setKind(kind));
  }

  /** Records that the user chose the plugin that composes. */
  public void pluginChosen(String plugin) {
    record(record -> record.getUserOverrideBuilder().setPlugin(plugin));
  }

  /** Records that the user had the policy read anew. */
  public void policyChosen(byte[] digest) {
    ByteString policy = ByteString.copyFrom(digest);
    record(record -> record.getUserOverrideBuilder().setPolicy(policy));
  }

  /** Records that the user allowed an application to compose, or takes that back. */
  public void applicationAllowed(String application, boolean allowed) {
    logThread.execute(() -> keeper.allowed(application, allowed));
  }

  /** Why no grant can be recorded, and what to do; empty if they can. */
  public String problem() {
    return keeper.problem();
  }

  /** Once a second: checkpoint, heartbeat, and what is counted before it is recorded. */
  public void tick() {
    logThread.execute(
        () -> {
          guarded.tick();
          stops.values().forEach(Marks::tick);
          countMarks();
          keeper.tick();
        });
  }

  private void countMarks() {
    keeper.withheld().add(Withheld.WITHHELD_GUARDED, 0, guarded.leftOut());
    stops.forEach(this::countStops);
  }

  private void countStops(long instance, Marks<Stop> marks) {
    keeper.withheld().add(Withheld.WITHHELD_FROZEN, instance, marks.leftOut());
  }

  /** Closes every grant, records the stop, signs the last checkpoint. */
  public CompletableFuture<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    logThread.execute(
        () -> {
          countMarks();
          keeper.stop(stopped);
        });
    return stopped;
  }
}
