package org.keywarden.proto.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.error.v1.Reason;

final class ErrorContractTest {
  private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\| `([A-Z_]+)` \\|.*\\|$");

  @Test
  void theTableOfTheReadmeIsTheEnumWithItsCodes() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String earlier = documented.put(row.group(1), row.group(2));
        assertNull(earlier, () -> "README.md has two rows for " + row.group(1));
      }
    }
    Map<String, String> coded = new TreeMap<>();
    for (Reason reason : Reason.values()) {
      if (reason != Reason.UNRECOGNIZED && reason != Reason.REASON_UNSPECIFIED) {
        coded.put(Refusals.nameOf(reason), Refusals.codeOf(reason).name());
      }
    }
    assertEquals(coded, documented);
  }

  @Test
  void aReasonSurvivesTheWay() {
    StatusRuntimeException refusal = Refusals.of(Reason.REASON_GRANT_REVOKED, "grant 7 ended");
    assertEquals(Status.Code.ABORTED, refusal.getStatus().getCode());
    assertEquals("grant 7 ended", refusal.getStatus().getDescription());
    assertEquals(Optional.of(Reason.REASON_GRANT_REVOKED), Refusals.reasonOf(refusal));
    Metadata trailers = Objects.requireNonNull(refusal.getTrailers());
    assertEquals(
        Optional.of(Reason.REASON_GRANT_REVOKED), Refusals.reasonOf(refusal.getStatus(), trailers));
  }

  @Test
  void whatIsNotOursHasNoReason() {
    assertEquals(Optional.empty(), Refusals.reasonOf(new IllegalStateException("other")));
    assertEquals(Optional.empty(), Refusals.reasonOf(Status.UNAVAILABLE, new Metadata()));
    assertEquals(Optional.empty(), Refusals.reasonOf(withInfo("elsewhere", "INTERNAL")));
    assertEquals(Optional.empty(), Refusals.reasonOf(withInfo("keywarden", "UNSPECIFIED")));
    assertEquals(Optional.empty(), Refusals.reasonOf(withInfo("keywarden", "NO_SUCH_REASON")));
  }

  @Test
  void anUnspecifiedReasonIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Refusals.of(Reason.REASON_UNSPECIFIED, "none"));
    assertThrows(IllegalArgumentException.class, () -> Refusals.of(Reason.UNRECOGNIZED, "none"));
  }

  private static StatusRuntimeException withInfo(String domain, String reason) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.INTERNAL.value())
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setDomain(domain).setReason(reason).build()))
            .build());
  }
}
