package org.keywarden.cli.report;

import com.google.protobuf.ByteString;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.audit.v1.ActionsRefused;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.GrantClosed;
import org.keywarden.proto.audit.v1.GrantIssued;
import org.keywarden.proto.audit.v1.PresentationsRefused;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.RecordsWithheld;
import org.keywarden.proto.audit.v1.UndeclaredChannel;
import org.keywarden.proto.audit.v1.UserOverride;
import org.keywarden.proto.audit.v1.WatchViolation;

/**
 * What the records of a log add up to. Is shown every record once, in order; memory does not grow
 * with the log. Believes nothing: a log that does not hold may say anything.
 */
final class Story {
  static final int MOST_EVENTS = 200;

  private static final int MOST_PLUGINS = 200;
  private static final int MOST_APPLICATIONS = 1_000;
  private static final int MOST_REFUSALS = 200;
  private static final int MOST_OPEN = 10_000;
  private static final int COMMITMENT_BYTES = 32;

  /** Something worth a row of its own. */
  record Event(long entry, long time, String who, String what) {}

  /** Of what kind, by whom. */
  record Refusal(String plugin, String kind) {}

  private record Open(
      GrantIssued grant, long since, PluginTotal plugin, ApplicationTotal application) {}

  private final Function<Application, Optional<String>> opener;
  final Timeline timeline = new Timeline();
  final Timeline.Lane running = timeline.lane();
  final Timeline.Lane guarded = timeline.lane();
  final Timeline.Lane refused = timeline.lane();
  final Timeline.Lane findings = timeline.lane();
  final Timeline.Lane overridden = timeline.lane();
  final Map<Record.EventCase, Long> kinds = new EnumMap<>(Record.EventCase.class);
  final Tally<String, PluginTotal> plugins =
      new Tally<>(MOST_PLUGINS, () -> new PluginTotal(timeline));
  final Tally<ByteString, ApplicationTotal> applications =
      new Tally<>(MOST_APPLICATIONS, ApplicationTotal::new);
  final Map<CloseReason, Long> closes = new EnumMap<>(CloseReason.class);
  final Tally<Refusal, Tally.Count> refusals = new Tally<>(MOST_REFUSALS, Tally.Count::new);
  final Newest<Event> refusalEvents = new Newest<>(MOST_EVENTS);
  final Newest<Event> findingEvents = new Newest<>(MOST_EVENTS);
  final Newest<Event> overrideEvents = new Newest<>(MOST_EVENTS);
  final Newest<Event> logEvents = new Newest<>(MOST_EVENTS);
  final Newest<BrokerStart> starts = new Newest<>(MOST_EVENTS);
  long crashes;
  long guardedSeconds;
  long actionsRefused;
  long tokensRefused;
  long violations;
  long quarantines;
  long unreadable;
  long records;
  private final Map<Long, Open> open = new LinkedHashMap<>();
  private final Map<Long, String> instances = new LinkedHashMap<>();
  private @Nullable BrokerStart start;
  private long guardedSince = -1;

  /**
   * @param opener names an application, if that is asked for and can be done
   */
  Story(Function<Application, Optional<String>> opener) {
    this.opener = opener;
  }

  /** An entry that is no record. */
  void unreadable() {
    unreadable++;
  }

  void record(long entry, Record record) {
    records++;
    long time = record.getTime();
    timeline.cover(time);
    kinds.merge(record.getEventCase(), 1L, Long::sum);
    BrokerStart current = startOf(record);
    switch (record.getEventCase()) {
      case BROKER_STARTED, HEARTBEAT, SIGNING_KEY, POLICY_LOADED, PLUGIN_FOUND, PLUGIN_THAWED -> {}
      case BROKER_STOPPED -> end(BrokerStart.End.STOPPED);
      case PLUGIN_REGISTERED -> registered(record);
      case PLUGIN_ENDED -> of(record.getPluginEnded().getInstance()).ended++;
      case PLUGIN_QUARANTINED -> quarantined(entry, record);
      case GRANT_ISSUED -> issued(time, record.getGrantIssued(), current);
      case GRANT_RENEWED -> renewed(record.getGrantRenewed().getGrant());
      case GRANT_CLOSED -> closed(time, record.getGrantClosed());
      case ACTIONS_REFUSED -> actionsRefused(entry, time, record.getActionsRefused());
      case PRESENTATIONS_REFUSED -> tokensRefused(entry, time, record.getPresentationsRefused());
      case GUARDED_ENTERED -> {
        guarded.happened(time, 1);
        guardedSince = time;
      }
      case GUARDED_LEFT -> leaveGuarded(time);
      case PLUGIN_FROZEN -> {
        PluginTotal plugin = of(record.getPluginFrozen().getInstance());
        plugin.frozen++;
        plugin.unconfirmed += record.getPluginFrozen().getUnconfirmed() ? 1 : 0;
      }
      case WATCH_VIOLATION -> violated(entry, record);
      case USER_OVERRIDE -> overridden(entry, time, record.getUserOverride());
      case LOG_KEY_ROTATED ->
          logEvents.add(
              new Event(
                  entry,
                  time,
                  "",
                  "later checkpoints are signed with "
                      + record.getLogKeyRotated().getVerifierKey()));
      case RECORDS_WITHHELD -> withheld(entry, time, record.getRecordsWithheld());
      case ENTRIES_PRUNED ->
          logEvents.add(
              new Event(
                  entry,
                  time,
                  "",
                  "entries below "
                      + Long.toUnsignedString(record.getEntriesPruned().getBelow())
                      + " declared pruned"));
      case EVENT_NOT_SET -> unreadable++;
    }
  }

  private void withheld(long entry, long time, RecordsWithheld of) {
    String kind = Words.withheld(of.getKind());
    logEvents.add(
        new Event(
            entry,
            time,
            "",
            Words.count(of.getCount(), kind)
                + " more within "
                + Words.duration(of.getSeconds())
                + ", which a limit kept out of the log"));
  }

  /** After the last record. */
  void end() {
    if (start != null) {
      end(BrokerStart.End.OPEN);
    }
  }

  private BrokerStart startOf(Record record) {
    BrokerStart current = start;
    if (current != null && !record.hasBrokerStarted()) {
      if (record.getStart().equals(current.id())) {
        current.lasted(record.getTime());
      }
      return current;
    }
    if (current != null && current.end() == BrokerStart.End.OPEN) {
      crashes++;
      end(BrokerStart.End.CRASHED);
    }
    BrokerStart next = new BrokerStart(record);
    start = next;
    starts.add(next);
    return next;
  }

  /** A stop of the broker, or the last that is heard of it, ends what it had given. */
  private void end(BrokerStart.End how) {
    BrokerStart current = start;
    if (current == null || current.end() != BrokerStart.End.OPEN) {
      return;
    }
    current.ended(how);
    running.used(current.began(), current.last());
    open.values().forEach(grant -> held(grant, current.last()));
    open.clear();
    leaveGuarded(current.last());
    instances.clear();
  }

  private void registered(Record record) {
    String plugin = record.getPluginRegistered().getPlugin();
    instances.put(record.getPluginRegistered().getInstance(), plugin);
    keepAtMost(instances);
    plugins.of(plugin).registered++;
  }

  private static void keepAtMost(Map<Long, ?> map) {
    if (map.size() > MOST_OPEN) {
      map.remove(map.keySet().iterator().next());
    }
  }

  /** What an instance's plugin is called; empty if the log does not say. */
  private String nameOf(long instance) {
    return instances.getOrDefault(instance, "");
  }

  private PluginTotal of(long instance) {
    return plugins.of(nameOf(instance));
  }

  private void issued(long time, GrantIssued grant, BrokerStart current) {
    current.granted();
    PluginTotal plugin = plugins.of(grant.getPlugin());
    plugin.granted(time, grant.getParent() != 0);
    ApplicationTotal application = applicationOf(grant.getApplication());
    application.granted(grant.getPlugin());
    open.put(grant.getGrant(), new Open(grant, time, plugin, application));
    keepAtMost(open);
  }

  private ApplicationTotal applicationOf(Application application) {
    ApplicationTotal total = applications.of(commitment(application));
    if (total.grants == 0 && !applications.isOthers(total)) {
      opener.apply(application).ifPresent(total::named);
    }
    return total;
  }

  private static ByteString commitment(Application application) {
    ByteString whole = application.getCommitment();
    return whole.substring(0, Math.min(COMMITMENT_BYTES, whole.size()));
  }

  private void renewed(long grant) {
    Open of = open.get(grant);
    if (of != null) {
      of.plugin().renewals++;
    }
  }

  private void closed(long time, GrantClosed close) {
    closes.merge(close.getReason(), 1L, Long::sum);
    Open of = open.remove(close.getGrant());
    if (of != null) {
      held(of, time);
    }
  }

  /** A derived grant lies within its parent, whose time is counted. */
  private static void held(Open of, long until) {
    if (of.grant().getParent() == 0) {
      of.plugin().held(of.since(), until);
      of.application().heldSeconds +=
          Math.max(0, Timeline.clamp(until) - Timeline.clamp(of.since()));
    }
  }

  private void leaveGuarded(long time) {
    if (guardedSince >= 0) {
      guardedSeconds += Math.max(0, Timeline.clamp(time) - Timeline.clamp(guardedSince));
      guarded.used(guardedSince, time);
      guardedSince = -1;
    }
  }

  private void actionsRefused(long entry, long time, ActionsRefused refusal) {
    String plugin = nameOf(refusal.getInstance());
    String kind = plain(refusal.getRefusal().name(), "ACTION_REFUSAL_");
    actionsRefused = Tally.sum(actionsRefused, refusal.getCount());
    PluginTotal total = plugins.of(plugin);
    total.actionsRefused = Tally.sum(total.actionsRefused, refusal.getCount());
    refuse(entry, time, new Refusal(plugin, "action: " + kind), refusal.getCount());
  }

  private void tokensRefused(long entry, long time, PresentationsRefused refusal) {
    String plugin = nameOf(refusal.getInstance());
    String kind = plain(refusal.getReason(), "TOKEN_");
    tokensRefused = Tally.sum(tokensRefused, refusal.getCount());
    PluginTotal total = plugins.of(plugin);
    total.tokensRefused = Tally.sum(total.tokensRefused, refusal.getCount());
    refuse(entry, time, new Refusal(plugin, "token: " + kind), refusal.getCount());
  }

  private void refuse(long entry, long time, Refusal refusal, long count) {
    refused.happened(time, count);
    refusals.of(refusal).add(count);
    String often = count == 1 ? "" : ", " + Long.toUnsignedString(count) + " times";
    refusalEvents.add(new Event(entry, time, refusal.plugin(), refusal.kind() + often));
  }

  /** A name of the wire as words. */
  static String plain(String name, String prefix) {
    String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return rest.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void violated(long entry, Record record) {
    long instance = record.getWatchViolation().getInstance();
    violations++;
    of(instance).violations++;
    find(entry, record, nameOf(instance), channel(record));
  }

  private static String channel(Record record) {
    WatchViolation violation = record.getWatchViolation();
    return "an undeclared channel: "
        + (violation.getKind() == UndeclaredChannel.UNDECLARED_CHANNEL_UNSPECIFIED
            ? violation.getChannel()
            : plain(violation.getKind().name(), "UNDECLARED_CHANNEL_"));
  }

  private void quarantined(long entry, Record record) {
    String plugin = record.getPluginQuarantined().getPlugin();
    quarantines++;
    plugins.of(plugin).quarantined++;
    find(entry, record, plugin, "quarantined");
  }

  private void find(long entry, Record record, String plugin, String what) {
    findings.happened(record.getTime(), 1);
    findingEvents.add(new Event(entry, record.getTime(), plugin, what));
  }

  private void overridden(long entry, long time, UserOverride override) {
    overridden.happened(time, 1);
    overrideEvents.add(new Event(entry, time, "", choice(override)));
  }

  private String choice(UserOverride override) {
    return switch (override.getChoiceCase()) {
      case APPLICATION -> "allowed an application to compose: " + nameOf(override.getApplication());
      case WITHDRAWN -> "no longer allows an application: " + nameOf(override.getWithdrawn());
      case PLUGIN -> "chose the input method " + override.getPlugin();
      case POLICY -> "had the policy read anew: SHA-256 " + hex(override.getPolicy());
      case CHOICE_NOT_SET ->
          "allowed an application, or no longer, while its name could not be hidden";
    };
  }

  private String nameOf(Application application) {
    return opener.apply(application).orElseGet(() -> hex(commitment(application)));
  }

  static String hex(ByteString bytes) {
    return java.util.HexFormat.of().formatHex(bytes.toByteArray());
  }
}
