package org.keywarden.audit.record;

import java.util.LinkedHashMap;
import java.util.Map;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.GrantIssued;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.UserOverride;

/**
 * Which input method and which application a record is about: records of a grant or an instance are
 * about those it was given to. Is shown every record, in order. Remembers at most {@value #MOST}
 * grants and as many instances.
 *
 * <p>Thread: one.
 */
public final class Subjects {
  private static final int MOST = 10_000;

  private final Map<Long, GrantIssued> grants = new LinkedHashMap<>();
  private final Map<Long, String> instances = new LinkedHashMap<>();
  private long closed;

  /** Takes the next record; {@link #pluginOf} and {@link #applicationOf} are asked about it. */
  public void next(Record record) {
    grants.remove(closed);
    closed = 0;
    switch (record.getEventCase()) {
      case BROKER_STARTED -> {
        grants.clear();
        instances.clear();
      }
      case PLUGIN_REGISTERED ->
          keep(
              instances,
              record.getPluginRegistered().getInstance(),
              record.getPluginRegistered().getPlugin());
      case GRANT_ISSUED ->
          keep(grants, record.getGrantIssued().getGrant(), record.getGrantIssued());
      case GRANT_CLOSED -> closed = record.getGrantClosed().getGrant();
      default -> {}
    }
  }

  private static <T> void keep(Map<Long, T> map, long number, T value) {
    map.put(number, value);
    if (map.size() > MOST) {
      map.remove(map.keySet().iterator().next());
    }
  }

  /** The input method's id; empty if the record is about none, or about one not known. */
  public String pluginOf(Record record) {
    return switch (record.getEventCase()) {
      case PLUGIN_REGISTERED -> record.getPluginRegistered().getPlugin();
      case PLUGIN_FOUND -> record.getPluginFound().getPlugin();
      case PLUGIN_QUARANTINED -> record.getPluginQuarantined().getPlugin();
      case GRANT_ISSUED -> record.getGrantIssued().getPlugin();
      case USER_OVERRIDE -> record.getUserOverride().getPlugin();
      case GRANT_RENEWED -> grant(record.getGrantRenewed().getGrant()).getPlugin();
      case GRANT_CLOSED -> grant(record.getGrantClosed().getGrant()).getPlugin();
      case PLUGIN_ENDED -> instance(record.getPluginEnded().getInstance());
      case ACTIONS_REFUSED -> instance(record.getActionsRefused().getInstance());
      case PRESENTATIONS_REFUSED -> instance(record.getPresentationsRefused().getInstance());
      case PLUGIN_FROZEN -> instance(record.getPluginFrozen().getInstance());
      case PLUGIN_THAWED -> instance(record.getPluginThawed().getInstance());
      case WATCH_VIOLATION -> instance(record.getWatchViolation().getInstance());
      case RECORDS_WITHHELD -> instance(record.getRecordsWithheld().getInstance());
      case BROKER_STARTED,
          BROKER_STOPPED,
          HEARTBEAT,
          SIGNING_KEY,
          POLICY_LOADED,
          GUARDED_ENTERED,
          GUARDED_LEFT,
          LOG_KEY_ROTATED,
          ENTRIES_PRUNED,
          EVENT_NOT_SET ->
          "";
    };
  }

  /** The application; the default instance if the record is about none, or about one not known. */
  public Application applicationOf(Record record) {
    return switch (record.getEventCase()) {
      case GRANT_ISSUED -> record.getGrantIssued().getApplication();
      case GRANT_RENEWED -> grant(record.getGrantRenewed().getGrant()).getApplication();
      case GRANT_CLOSED -> grant(record.getGrantClosed().getGrant()).getApplication();
      case ACTIONS_REFUSED -> grant(record.getActionsRefused().getGrant()).getApplication();
      case USER_OVERRIDE -> applicationOf(record.getUserOverride());
      case RECORDS_WITHHELD -> record.getRecordsWithheld().getApplication();
      default -> Application.getDefaultInstance();
    };
  }

  private static Application applicationOf(UserOverride override) {
    return override.hasWithdrawn() ? override.getWithdrawn() : override.getApplication();
  }

  private GrantIssued grant(long number) {
    return grants.getOrDefault(number, GrantIssued.getDefaultInstance());
  }

  private String instance(long number) {
    return instances.getOrDefault(number, "");
  }
}
