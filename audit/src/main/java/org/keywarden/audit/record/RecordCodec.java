package org.keywarden.audit.record;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Arrays;
import org.keywarden.audit.Malformed;
import org.keywarden.proto.audit.v1.Record;

/** Records to entries and back. There is exactly one encoding of a record. */
public final class RecordCodec {
  private RecordCodec() {}

  /** Returns the canonical encoding. */
  public static byte[] encode(Record record) {
    byte[] bytes = new byte[record.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      record.writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("an array takes what fits in it", e);
    }
    out.checkNoSpaceLeft();
    return bytes;
  }

  /**
   * Reads an entry.
   *
   * @throws Malformed if it is no record, says nothing this version knows, or is not canonical
   */
  public static Record decode(byte[] entry) throws Malformed {
    Record record;
    try {
      record = Record.parseFrom(entry);
    } catch (InvalidProtocolBufferException e) {
      throw new Malformed("is no record: " + e.getMessage(), e);
    }
    if (record.getEventCase() == Record.EventCase.EVENT_NOT_SET) {
      throw new Malformed("is a record of an unknown kind");
    }
    if (!record.getUnknownFields().isEmpty() || !Arrays.equals(encode(record), entry)) {
      throw new Malformed("is not in the canonical encoding");
    }
    return record;
  }
}
