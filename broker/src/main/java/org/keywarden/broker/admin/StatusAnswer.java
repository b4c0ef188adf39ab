package org.keywarden.broker.admin;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.frontdoor.ibus.session.SessionStanding;
import org.keywarden.broker.rpc.WireEnums;
import org.keywarden.broker.seat.SeatStatus;
import org.keywarden.broker.session.SourceReport;
import org.keywarden.hardening.Measure;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.LockSource;
import org.keywarden.proto.admin.v1.LockSourceState;
import org.keywarden.proto.admin.v1.Rival;
import org.keywarden.proto.admin.v1.Standing;

/**
 * What the broker says of itself. Thread: the seat's.
 *
 * @param isolation what keeps plugins apart from the system
 * @param accessibility whether the accessibility bus is listened to, or why not
 * @param lockSources what says whether the screen is locked
 * @param standing whether applications find the broker
 * @param indicator whether a tray shows what the broker does; empty if none is to
 */
public record StatusAnswer(
    Supplier<SeatStatus> seat,
    AuditTrail trail,
    AdminDoor.PolicyFile policy,
    String isolation,
    Supplier<String> accessibility,
    Supplier<List<SourceReport>> lockSources,
    Supplier<SessionStanding> standing,
    Supplier<String> indicator) {

  GetStatusResponse now() {
    SeatStatus now = seat.get();
    GetStatusResponse.Builder answer =
        GetStatusResponse.newBuilder()
            .setRoute(WireEnums.route(now.route()))
            .setApplication(now.application())
            .setDecidedBy(now.decidedBy())
            .setEpoch(now.epoch())
            .setSelectedPlugin(now.selectedPlugin())
            .setSelectedInputMethod(now.selectedInputMethod())
            .setGrant(now.grant())
            .setTrustedKeyboardReady(now.trustedReady())
            .setPolicyDigest(ByteString.copyFrom(policy.current().digest()))
            .setIsolation(isolation)
            .setGrantLogProblem(trail.problem())
            .setAccessibility(accessibility.get())
            .setIndicator(indicator.get())
            .addAllLockSources(lockSources.get().stream().map(StatusAnswer::message).toList())
            .setPid(ProcessHandle.current().pid())
            .addAllMemoryProtections(Stream.of(Measure.values()).map(Measure::title).toList());
    SessionStanding found = standing.get();
    if (!found.files().isEmpty()) {
      answer.setStanding(message(found));
    }
    return answer.build();
  }

  private static Standing message(SessionStanding of) {
    return Standing.newBuilder()
        .addAllAddressFiles(of.files().stream().map(Object::toString).toList())
        .setFilesOurs(of.filesOurs())
        .setProblem(of.problem())
        .setIbusName(of.ibusName())
        .setPortalName(of.portalName())
        .addAllRivals(
            of.rivals().stream()
                .map(
                    each ->
                        Rival.newBuilder()
                            .setPid(each.pid())
                            .setProgram(each.program())
                            .addAllHolds(each.holds())
                            .setTakesOurs(each.takesOurs())
                            .build())
                .toList())
        .build();
  }

  private static LockSource message(SourceReport of) {
    return LockSource.newBuilder()
        .setName(of.name())
        .setState(
            switch (of.state()) {
              case NOT_THERE -> LockSourceState.LOCK_SOURCE_STATE_NOT_THERE;
              case SAYS_NOTHING -> LockSourceState.LOCK_SOURCE_STATE_SAYS_NOTHING;
              case UNLOCKED -> LockSourceState.LOCK_SOURCE_STATE_UNLOCKED;
              case LOCKED -> LockSourceState.LOCK_SOURCE_STATE_LOCKED;
              case INACTIVE -> LockSourceState.LOCK_SOURCE_STATE_INACTIVE;
              case ASLEEP -> LockSourceState.LOCK_SOURCE_STATE_ASLEEP;
              case NOT_KNOWN -> LockSourceState.LOCK_SOURCE_STATE_NOT_KNOWN;
              case GONE_WHILE_LOCKED -> LockSourceState.LOCK_SOURCE_STATE_GONE_WHILE_LOCKED;
              case LEFT_OUT -> LockSourceState.LOCK_SOURCE_STATE_LEFT_OUT;
            })
        .build();
  }
}
