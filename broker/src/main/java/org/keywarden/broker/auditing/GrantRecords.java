package org.keywarden.broker.auditing;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.TokenRequest;
import org.keywarden.proto.audit.v1.ActionRefusal;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.GrantIssued;

/**
 * Records of grants, with the application's name hidden.
 *
 * <p>Thread: the log's.
 */
public final class GrantRecords {
  private static final int MOST_KEPT = 256;
  private static final long MILLISECOND = 1_000_000;

  private @Nullable ApplicationNames names;
  private final Map<String, Application> hidden = new LinkedHashMap<>();

  /** Says how names are hidden; before the log is open. */
  public void hideWith(ApplicationNames how) {
    names = how;
  }

  GrantIssued issued(long serial, TokenRequest request) {
    return GrantIssued.newBuilder()
        .setSerial(serial)
        .setGrant(request.grant())
        .setParent(request.parent())
        .setInstance(request.instance().number())
        .setPlugin(request.plugin())
        .setFocusSession(request.focusSession())
        .setEpoch(request.epoch())
        .setApplication(hide(request.application()))
        .addAllRights(InputMessages.rights(request.rights()))
        .setLifetimeMillis((int) ((request.expiresAt() - request.issuedAt()) / MILLISECOND))
        .setHolder(ByteString.copyFrom(request.holder().bytes()))
        .build();
  }

  Application hide(String application) {
    ApplicationNames how =
        Objects.requireNonNull(names, "the log was opened without a key for names");
    if (hidden.size() > MOST_KEPT) {
      hidden.clear();
    }
    return hidden.computeIfAbsent(application, how::hide);
  }

  static CloseReason wire(RevocationReason reason) {
    return switch (reason) {
      case FOCUS_LOST -> CloseReason.CLOSE_REASON_FOCUS_LOST;
      case FIELD_SECRET -> CloseReason.CLOSE_REASON_FIELD_SECRET;
      case EXPIRED -> CloseReason.CLOSE_REASON_EXPIRED;
      case NOT_PRESENTED -> CloseReason.CLOSE_REASON_NOT_PRESENTED;
      case SUPERSEDED -> CloseReason.CLOSE_REASON_SUPERSEDED;
      case RELEASED -> CloseReason.CLOSE_REASON_RELEASED;
      case MISBEHAVED -> CloseReason.CLOSE_REASON_MISBEHAVED;
      case PARENT_REVOKED -> CloseReason.CLOSE_REASON_PARENT_REVOKED;
      case PLUGIN_LOST -> CloseReason.CLOSE_REASON_PLUGIN_LOST;
      case NOT_RECORDED -> CloseReason.CLOSE_REASON_NOT_RECORDED;
    };
  }

  static ActionRefusal wire(Refusal refusal) {
    return switch (refusal) {
      case RIGHT_NOT_HELD -> ActionRefusal.ACTION_REFUSAL_RIGHT_NOT_HELD;
      case NO_CAUSE -> ActionRefusal.ACTION_REFUSAL_NO_CAUSE;
      case TEXT_NOT_ALLOWED -> ActionRefusal.ACTION_REFUSAL_TEXT_NOT_ALLOWED;
      case OUT_OF_BOUNDS -> ActionRefusal.ACTION_REFUSAL_OUT_OF_BOUNDS;
      case NOT_THE_KEY -> ActionRefusal.ACTION_REFUSAL_NOT_THE_KEY;
      case NO_SUCH_KEY -> ActionRefusal.ACTION_REFUSAL_NO_SUCH_KEY;
      case NOT_LIVE -> ActionRefusal.ACTION_REFUSAL_NOT_LIVE;
      case IN_USE -> ActionRefusal.ACTION_REFUSAL_IN_USE;
      case NOT_NARROWER -> ActionRefusal.ACTION_REFUSAL_NOT_NARROWER;
    };
  }
}
