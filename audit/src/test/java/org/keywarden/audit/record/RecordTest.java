package org.keywarden.audit.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keywarden.audit.Malformed;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.GrantClosed;
import org.keywarden.proto.audit.v1.Record;

final class RecordTest {
  private static final Record RECORD =
      Record.newBuilder()
          .setTime(12)
          .setStart(ByteString.copyFromUtf8("0123456789abcdef"))
          .setGrantClosed(GrantClosed.newBuilder().setGrant(3).setReason(CloseReason.CLOSE_REASON_FOCUS_LOST))
          .build();

  private final ApplicationNames owner = new ApplicationNames(new byte[32]);

  @Test
  void recordsAreReadBack() throws Malformed {
    assertEquals(RECORD, RecordCodec.decode(RecordCodec.encode(RECORD)));
  }

  @Test
  void otherEncodingsOfARecordAreRefused() {
    byte[] canonical = RecordCodec.encode(RECORD);
    ByteString reordered =
        ByteString.copyFrom(canonical, 2, canonical.length - 2)
            .concat(ByteString.copyFrom(canonical, 0, 2));
    assertThrows(Malformed.class, () -> RecordCodec.decode(reordered.toByteArray()));
    Record unknown =
        RECORD.toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    assertThrows(Malformed.class, () -> RecordCodec.decode(unknown.toByteArray()));
    assertThrows(Malformed.class, () -> RecordCodec.decode(new byte[0]));
    assertThrows(Malformed.class, () -> RecordCodec.decode(new byte[] {1, 2, 3}));
  }

  @Test
  void theOwnerOpensNamesAndNobodyElse() {
    Application hidden = owner.hide("org.example.Editor");
    ApplicationNames.Opening opening = owner.open(hidden).orElseThrow();
    assertEquals("org.example.Editor", opening.id());
    assertArrayEquals(
        hidden.getCommitment().toByteArray(),
        ApplicationNames.commitment(opening.id(), opening.salt()));
    byte[] other = new byte[32];
    other[0] = 1;
    assertEquals(Optional.empty(), new ApplicationNames(other).open(hidden));
    Application moved = owner.hide("another").toBuilder().setSealed(hidden.getSealed()).build();
    assertEquals(Optional.empty(), owner.open(moved));
    assertEquals(Optional.empty(), owner.open(Application.getDefaultInstance()));
  }

  @Test
  void aHiddenNameShowsNeitherItselfNorItsLength() {
    Application hidden = owner.hide("org.example.Editor");
    String bytes = new String(hidden.toByteArray(), StandardCharsets.ISO_8859_1);
    assertTrue(!bytes.contains("Editor"));
    assertEquals(hidden, owner.hide("org.example.Editor"));
    assertNotEquals(hidden.getCommitment(), owner.hide("org.example.Editor2").getCommitment());
    assertEquals(hidden.getSealed().size(), owner.hide("x").getSealed().size());
  }
}
