package org.keywarden.fleet.fold;

import com.google.protobuf.ByteString;
import java.util.List;
import org.keywarden.audit.merkle.Hash;

/** Hashes in messages. */
public final class Hashes {
  private Hashes() {}

  static boolean areHashes(List<ByteString> all) {
    return all.stream().allMatch(each -> each.size() == Hash.BYTES);
  }

  static List<Hash> read(List<ByteString> all) {
    return all.stream().map(each -> Hash.of(each.toByteArray())).toList();
  }

  /** As messages have them. */
  public static List<ByteString> write(List<Hash> all) {
    return all.stream().map(each -> ByteString.copyFrom(each.bytes())).toList();
  }
}
