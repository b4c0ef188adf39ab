package org.keywarden.cli.audit;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.record.Subjects;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.Record;
import picocli.CommandLine.Option;

/**
 * Which records are asked for. Records of a grant or an instance count as the plugin's and the
 * application's it was given to.
 */
final class AuditFilter {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From this time on: 2026-07-14, 2026-07-14T10:00 or with Z for UTC.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
  private @Nullable String until;

  @Option(names = "--plugin", paramLabel = "ID", description = "Of this plugin.")
  private @Nullable String plugin;

  @Option(
      names = "--application",
      paramLabel = "ID",
      description =
          "Of this application: its name if the log is yours, or the first digits of its"
              + " commitment.")
  private @Nullable String application;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Closed or refused for this reason, such as field-secret or no-cause.")
  private @Nullable String reason;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Of this kind, such as grant-issued or broker-started.")
  private @Nullable String kind;

  private long from = Long.MIN_VALUE;
  private long to = Long.MAX_VALUE;
  private String commitment = "";
  private final Subjects subjects = new Subjects();

  /** Reads the times and hides the application's name. */
  void prepare(AuditLog log) throws IOException {
    String begin = since;
    String end = until;
    String wanted = application;
    from = begin == null ? Long.MIN_VALUE : seconds("--since", begin);
    to = end == null ? Long.MAX_VALUE : seconds("--until", end);
    if (wanted != null) {
      commitment = wanted.matches("[0-9a-f]{4,64}") ? wanted : hex(log.names().hide(wanted));
    }
  }

  private static long seconds(String option, String text) {
    ZoneId zone = ZoneId.systemDefault();
    try {
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay(zone).toEpochSecond();
      }
      return text.endsWith("Z")
          ? Instant.parse(text).getEpochSecond()
          : LocalDateTime.parse(text).atZone(zone).toEpochSecond();
    } catch (DateTimeException e) {
      throw new Failure(Exit.USAGE, option + ": " + text + " is no time such as 2026-07-14T10:00");
    }
  }

  /** Whether a record is asked for; is shown every record, in order. */
  boolean wants(Record record) {
    Message event = AuditRows.event(record);
    subjects.next(record);
    return record.getTime() >= from
        && record.getTime() < to
        && is(kind, record.getEventCase().name())
        && (plugin == null || plugin.equals(subjects.pluginOf(record)))
        && (application == null || hex(subjects.applicationOf(record)).startsWith(commitment))
        && is(reason, reasonOf(event));
  }

  /** Whether a name, with or without its prefix, is wanted; any is if none is asked for. */
  private static boolean is(@Nullable String wanted, String name) {
    if (wanted == null) {
      return true;
    }
    String upper = wanted.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    return name.equals(upper) || (name.endsWith("_" + upper) && !upper.isEmpty());
  }

  private static @Nullable Object field(Message event, String name) {
    FieldDescriptor field = event.getDescriptorForType().findFieldByName(name);
    return field == null ? null : event.getField(field);
  }

  private static String reasonOf(Message event) {
    Object reason = field(event, "reason");
    Object found = reason == null ? field(event, "refusal") : reason;
    return found == null ? "" : String.valueOf(found);
  }

  private static String hex(Application application) {
    return HexFormat.of().formatHex(application.getCommitment().toByteArray());
  }
}
