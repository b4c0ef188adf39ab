package org.keywarden.audit.witness;

import java.util.List;
import org.keywarden.audit.note.SignedNote;

/** What a witness says to {@link AddCheckpoint}; the statuses are those of C2SP tlog-witness. */
public sealed interface Answer {
  /** 200: it has persisted the checkpoint and cosigned it. */
  record Cosigned(List<SignedNote.Signature> signatures) implements Answer {
    public Cosigned {
      signatures = List.copyOf(signatures);
    }
  }

  /** 409: the checkpoint it cosigned last has another size than the log believes, this one. */
  record OtherSize(long size) implements Answer {}

  /**
   * 422: the checkpoint does not extend the one it cosigned last, or the proof does not show it.
   */
  record Inconsistent() implements Answer {}

  /** 404: it does not witness this log. */
  record UnknownLog() implements Answer {}

  /** 403: no key it knows for this log signed the checkpoint. */
  record NotSigned() implements Answer {}

  /** 400: it cannot read the request. */
  record Unreadable(String why) implements Answer {}
}
