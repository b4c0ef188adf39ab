package org.keywarden.audit.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.audit.v1.ActionsRefused;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.GrantClosed;
import org.keywarden.proto.audit.v1.GrantIssued;
import org.keywarden.proto.audit.v1.GrantRenewed;
import org.keywarden.proto.audit.v1.Heartbeat;
import org.keywarden.proto.audit.v1.PluginEnded;
import org.keywarden.proto.audit.v1.PluginFrozen;
import org.keywarden.proto.audit.v1.PluginQuarantined;
import org.keywarden.proto.audit.v1.PluginRegistered;
import org.keywarden.proto.audit.v1.PluginThawed;
import org.keywarden.proto.audit.v1.PresentationsRefused;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.UserOverride;
import org.keywarden.proto.audit.v1.WatchViolation;

/** Whom a record is about, by what came before it. */
final class SubjectsTest {
  private static final Application EDITOR =
      Application.newBuilder().setCommitment(ByteString.copyFromUtf8("editor")).build();

  private final Subjects subjects = new Subjects();

  private static Record registered(long instance, String plugin) {
    return Record.newBuilder()
        .setPluginRegistered(PluginRegistered.newBuilder().setInstance(instance).setPlugin(plugin))
        .build();
  }

  private static Record issued(long grant) {
    return Record.newBuilder()
        .setGrantIssued(
            GrantIssued.newBuilder().setGrant(grant).setPlugin("ime").setApplication(EDITOR))
        .build();
  }

  private static Record renewed(long grant) {
    return Record.newBuilder().setGrantRenewed(GrantRenewed.newBuilder().setGrant(grant)).build();
  }

  private static Record closed(long grant) {
    return Record.newBuilder().setGrantClosed(GrantClosed.newBuilder().setGrant(grant)).build();
  }

  private static Record refused(long instance, long grant) {
    return Record.newBuilder()
        .setActionsRefused(ActionsRefused.newBuilder().setInstance(instance).setGrant(grant))
        .build();
  }

  private void isAbout(Record record, String plugin, Application application) {
    subjects.next(record);
    assertEquals(plugin, subjects.pluginOf(record));
    assertEquals(application, subjects.applicationOf(record));
  }

  private void isAbout(Record record, String plugin) {
    isAbout(record, plugin, Application.getDefaultInstance());
  }

  @Test
  void recordsOfAGrantAreAboutThoseItWasGivenTo() {
    isAbout(issued(1), "ime", EDITOR);
    isAbout(renewed(1), "ime", EDITOR);
    isAbout(refused(9, 1), "", EDITOR);
    isAbout(closed(1), "ime", EDITOR);
    isAbout(renewed(1), "");
    isAbout(renewed(2), "");
  }

  @Test
  void recordsOfAnInstanceAreAboutItsPlugin() {
    isAbout(registered(3, "ime"), "ime");
    Record.Builder record = Record.newBuilder();
    isAbout(record.setPluginFrozen(PluginFrozen.newBuilder().setInstance(3)).build(), "ime");
    isAbout(record.setPluginThawed(PluginThawed.newBuilder().setInstance(3)).build(), "ime");
    isAbout(record.setWatchViolation(WatchViolation.newBuilder().setInstance(3)).build(), "ime");
    isAbout(
        record.setPresentationsRefused(PresentationsRefused.newBuilder().setInstance(3)).build(),
        "ime");
    isAbout(refused(3, 0), "ime");
    isAbout(record.setPluginEnded(PluginEnded.newBuilder().setInstance(3)).build(), "ime");
    isAbout(record.setPluginEnded(PluginEnded.newBuilder().setInstance(4)).build(), "");
  }

  @Test
  void someRecordsNameTheirSubjects() {
    Record.Builder record = Record.newBuilder();
    isAbout(
        record.setPluginQuarantined(PluginQuarantined.newBuilder().setPlugin("bad")).build(),
        "bad");
    isAbout(
        record.setUserOverride(UserOverride.newBuilder().setPlugin("chosen")).build(), "chosen");
    isAbout(
        record.setUserOverride(UserOverride.newBuilder().setApplication(EDITOR)).build(),
        "",
        EDITOR);
    isAbout(
        record.setUserOverride(UserOverride.newBuilder().setWithdrawn(EDITOR)).build(), "", EDITOR);
    isAbout(record.setHeartbeat(Heartbeat.getDefaultInstance()).build(), "");
  }

  @Test
  void anotherBrokerCountsAnew() {
    subjects.next(registered(1, "ime"));
    subjects.next(issued(1));
    isAbout(Record.newBuilder().setBrokerStarted(BrokerStarted.getDefaultInstance()).build(), "");
    isAbout(renewed(1), "");
    isAbout(refused(1, 1), "");
  }

  @Test
  void tenThousandAreRemembered() {
    for (long number = 1; number <= 10_000; number++) {
      subjects.next(issued(number));
      subjects.next(registered(number, "ime"));
    }
    isAbout(refused(1, 1), "ime", EDITOR);
    subjects.next(issued(10_001));
    subjects.next(registered(10_001, "ime"));
    isAbout(refused(1, 1), "");
    isAbout(refused(2, 2), "ime", EDITOR);
  }
}
