package org.keywarden.broker.admin;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keywarden.audit.record.Subjects;
import org.keywarden.proto.audit.v1.Entry;
import org.keywarden.proto.audit.v1.QueryRequest;
import org.keywarden.proto.audit.v1.Record;

/**
 * Which records a query asks for. Is shown all of them, in order.
 *
 * <p>Thread: one at a time.
 */
final class LogSelection {
  private final QueryRequest query;
  private final Set<Integer> kinds;
  private final Subjects subjects = new Subjects();
  private long left;

  LogSelection(QueryRequest query) {
    this.query = query;
    this.kinds = new HashSet<>(query.getKindsList());
    this.left = query.getLimit() == 0 ? Long.MAX_VALUE : Integer.toUnsignedLong(query.getLimit());
  }

  List<Entry> of(List<Entry> entries) {
    List<Entry> wanted = new ArrayList<>();
    for (Entry entry : entries) {
      if (left > 0 && wants(entry.getRecord())) {
        wanted.add(entry);
        left--;
      }
    }
    return wanted;
  }

  /** Whether as many as were asked for were found. */
  boolean isComplete() {
    return left == 0;
  }

  private boolean wants(Record record) {
    subjects.next(record);
    return Long.compareUnsigned(record.getTime(), query.getSince()) >= 0
        && (query.getUntil() == 0 || Long.compareUnsigned(record.getTime(), query.getUntil()) < 0)
        && (kinds.isEmpty() || kinds.contains(record.getEventCase().getNumber()))
        && (query.getPlugin().isEmpty() || query.getPlugin().equals(subjects.pluginOf(record)))
        && isOf(query.getApplication(), record);
  }

  private boolean isOf(ByteString application, Record record) {
    return application.isEmpty()
        || subjects.applicationOf(record).getCommitment().startsWith(application);
  }
}
