package org.keywarden.broker.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.log.OwnerKeys;
import org.keywarden.audit.log.Retention;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.broker.admin.AuditDoor;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.auditing.GrantLog;
import org.keywarden.broker.auditing.GrantRecords;
import org.keywarden.broker.auditing.RecentGrants;
import org.keywarden.broker.auditing.TrailKeeper;

/** The grant log: its files, its key, its thread. */
final class AuditModule extends AbstractModule {
  private static final int START_BYTES = 16;
  private static final long MILLIS = 1_000;

  /** Some 2 ms of reading, while grants wait. */
  private static final int BUNDLES_AT_ONCE = 8;

  private static final String VERSION = "0.1.0";

  private final Options options;
  private final int uid;

  AuditModule(Options options, int uid) {
    this.options = options;
    this.uid = uid;
  }

  @Provides
  @Singleton
  RecentGrants recentGrants() {
    return new RecentGrants();
  }

  @Provides
  GrantLog grantLog(AuditTrail trail) {
    return trail;
  }

  @Provides
  @Singleton
  AuditTrail auditTrail(
      RecentGrants recent, SecureRandom random, EventLoop loop, PolicySource policy) {
    OwnerKeys owner = new OwnerKeys(options.stateDirectory(), random);
    GrantRecords grants = new GrantRecords();
    byte[] start = new byte[START_BYTES];
    random.nextBytes(start);
    ExecutorService logThread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("grant log").factory());
    TrailKeeper keeper =
        new TrailKeeper(
            keep -> open(owner, grants, logThread, keep),
            expiry(owner),
            new TrailKeeper.Start(
                start, VERSION, () -> System.currentTimeMillis() / MILLIS, Console.errors()::line),
            grants);
    AuditTrail trail = new AuditTrail(keeper, recent, logThread, loop);
    trail.policyLoaded(policy.current().digest());
    return trail;
  }

  @Provides
  @Singleton
  AuditDoor auditDoor(EventLoop loop) {
    return new AuditDoor(
        new DiskFiles(options.stateDirectory().resolve(OwnerKeys.LOG)),
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("log reader").factory()),
        loop,
        (delay, later) -> loop.schedule(later, delay, TimeUnit.NANOSECONDS));
  }

  private TrailKeeper.Expiry expiry(OwnerKeys owner) {
    long seconds = Duration.ofDays(options.retentionDays()).toSeconds();
    DiskFiles files = new DiskFiles(owner.logDirectory());
    return seconds == 0
        ? TrailKeeper.Expiry.NEVER
        : now -> Retention.firstKept(files, now - seconds, BUNDLES_AT_ONCE);
  }

  /** Nothing that is wrong with the state directory ends the broker: no log, no grants. */
  private LogWriter open(OwnerKeys owner, GrantRecords grants, ExecutorService logThread, long keep)
      throws IOException {
    Directories.makePrivate(options.stateDirectory(), uid);
    grants.hideWith(owner.applications());
    Ed25519Signer signer = owner.signer();
    DiskFiles files = new DiskFiles(owner.logDirectory());
    KeyHistory.ensure(files, signer.key());
    return LogWriter.open(files, signer, logThread, LogWriter.Settings.DEFAULT, keep);
  }
}
