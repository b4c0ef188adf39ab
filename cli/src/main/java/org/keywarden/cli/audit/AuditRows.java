package org.keywarden.cli.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keywarden.cli.console.Text;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.Record;

/** Records as rows of a table, or as JSON Lines. */
final class AuditRows {
  static final List<String> HEADER = List.of("ENTRY", "TIME", "WHAT", "DETAILS");

  private static final int SHORT = 4;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private AuditRows() {}

  static List<String> row(long index, Record record) {
    return List.of(
        Long.toString(index),
        TIME.format(Instant.ofEpochSecond(record.getTime())),
        Text.plain(record.getEventCase(), ""),
        details(event(record)));
  }

  /** The part of a record that says what happened. */
  static Message event(Record record) {
    FieldDescriptor field =
        record.getDescriptorForType().findFieldByNumber(record.getEventCase().getNumber());
    return (Message) record.getField(field);
  }

  private static String details(Message event) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<FieldDescriptor, Object> field : event.getAllFields().entrySet()) {
      String name = field.getKey().getName().replace('_', ' ');
      if (field.getKey().isRepeated()) {
        parts.add(((List<?>) field.getValue()).size() + " " + name);
      } else {
        parts.add(name + " " + value(field.getValue()));
      }
    }
    return String.join(", ", parts);
  }

  private static String value(Object value) {
    return switch (value) {
      case ByteString bytes -> hex(bytes);
      case Application application -> hex(application.getCommitment());
      case EnumValueDescriptor choice -> plain(choice);
      default -> String.valueOf(value);
    };
  }

  private static String plain(EnumValueDescriptor choice) {
    String name =
        choice.getName().replaceFirst("^(CLOSE_REASON|ACTION_REFUSAL|UNDECLARED_CHANNEL)_", "");
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String hex(ByteString bytes) {
    String digits =
        HexFormat.of().formatHex(bytes.substring(0, Math.min(SHORT, bytes.size())).toByteArray());
    return bytes.size() > SHORT ? digits + "…" : digits;
  }

  /** One line of JSON: ProtoJSON of the record, and its index. */
  static String json(long index, Record record) {
    try {
      String json = JsonFormat.printer().omittingInsignificantWhitespace().print(record);
      return "{\"entry\":" + index + "," + json.substring(1);
    } catch (InvalidProtocolBufferException unprintable) {
      throw new IllegalStateException(unprintable);
    }
  }
}
