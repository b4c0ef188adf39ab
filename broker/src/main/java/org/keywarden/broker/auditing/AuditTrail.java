package org.keywarden.broker.auditing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.seat.PluginInstance;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.TokenRequest;

/**
 * The grant log on disk, as the seat's thread sees it: everything is handed to the log's own thread
 * in the order it came, and confirmations come back.
 *
 * <p>Thread: {@link #issued}, {@link #closed} and {@link #refused} the seat's; the rest any.
 */
public final class AuditTrail implements GrantLog {
  private final TrailKeeper keeper;
  private final RecentGrants recent;
  private final Executor logThread;
  private final Executor seatThread;

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
  public void presentationRefused(long instance, String reason) {
    logThread.execute(() -> keeper.presentationRefused(instance, reason));
  }

  /** Records a key that signs tokens; records handed over later come after it. */
  public void signingKey(byte[] publicKey) {
    logThread.execute(() -> keeper.signingKey(publicKey));
  }

  public void policyLoaded(byte[] digest) {
    logThread.execute(() -> keeper.policyLoaded(digest));
  }

  public void pluginRegistered(PluginInstance instance, String plugin, Digest holder) {
    logThread.execute(() -> keeper.pluginRegistered(instance.number(), plugin, holder.bytes()));
  }

  public void pluginEnded(PluginInstance instance) {
    logThread.execute(() -> keeper.pluginEnded(instance.number()));
  }

  public void pluginQuarantined(String plugin) {
    logThread.execute(() -> keeper.pluginQuarantined(plugin));
  }

  /** Records that keys of a guarded field now go past every input method, or no longer. */
  public void guarded(boolean entered) {
    logThread.execute(() -> keeper.guarded(entered));
  }

  /** Once a second: checkpoint, heartbeat, and what is counted before it is recorded. */
  public void tick() {
    logThread.execute(keeper::tick);
  }

  /** Closes every grant, records the stop, signs the last checkpoint. */
  public CompletableFuture<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    logThread.execute(() -> keeper.stop(stopped));
    return stopped;
  }
}
