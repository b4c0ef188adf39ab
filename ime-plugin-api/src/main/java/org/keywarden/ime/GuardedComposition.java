package org.keywarden.ime;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The author's compositions in one field, one after another, each called so that a fault in it
 * costs neither a key nor text that is shown.
 */
final class GuardedComposition {
  private final InputMethod inputMethod;
  private final FieldInfo field;
  private final Supplier<Outlet> outlets;
  private final FaultLog log;

  /** Null after {@code begin} failed, until the next reset. */
  private @Nullable Composition current;

  private @Nullable Outlet outlet;
  private Edit.@Nullable Preedit shown;
  private boolean choosing;
  private boolean explaining;

  /** An {@link Outbound} that can be closed for good. */
  interface Outlet extends Outbound {
    void close();
  }

  GuardedComposition(
      InputMethod inputMethod, FieldInfo field, Supplier<Outlet> outlets, FaultLog log) {
    this.inputMethod = inputMethod;
    this.field = field;
    this.outlets = outlets;
    this.log = log;
  }

  void begin() {
    shown = null;
    choosing = false;
    explaining = false;
    try {
      current = Objects.requireNonNull(inputMethod.begin(field), "begin returned null");
    } catch (Throwable fault) {
      log.fault("begin", fault);
      return;
    }
    outlet = outlets.get();
    try {
      current.opened(outlet);
    } catch (Throwable fault) {
      log.fault("opened", fault);
    }
  }

  Response onKey(Key key) {
    Composition composition = current;
    if (composition == null
        || !(key.isPressed() || field.rights().contains(Right.RECEIVE_RELEASES))) {
      return Response.notHandled();
    }
    try {
      Response response = Objects.requireNonNull(composition.onKey(key), "onKey returned null");
      note(response.edits());
      return response;
    } catch (Throwable fault) {
      log.fault("onKey", fault);
      return Response.notHandled(restartAfterFault());
    }
  }

  Edits candidateClicked(CandidateClick click) {
    return act("candidateClicked", composition -> composition.candidateClicked(click));
  }

  Edits candidatesMoved(CandidatesMove move) {
    return act("candidatesMoved", composition -> composition.candidatesMoved(move));
  }

  Edits propertyActivated(String key, boolean checked) {
    return act("propertyActivated", composition -> composition.propertyActivated(key, checked));
  }

  private Edits act(String method, Function<Composition, Edits> call) {
    Composition composition = current;
    if (composition == null) {
      return Edits.none();
    }
    try {
      Edits edits = Objects.requireNonNull(call.apply(composition), method + " returned null");
      note(edits);
      return edits;
    } catch (Throwable fault) {
      log.fault(method, fault);
      return restartAfterFault();
    }
  }

  void surroundingChanged(SurroundingText surrounding) {
    if (current != null) {
      try {
        current.surroundingChanged(surrounding);
      } catch (Throwable fault) {
        log.fault("surroundingChanged", fault);
      }
    }
  }

  /** The composition is gone and the field goes on. */
  void restart() {
    end();
    begin();
  }

  /** The composition is gone. */
  void end() {
    if (outlet != null) {
      outlet.close();
      outlet = null;
    }
    Composition ended = current;
    current = null;
    if (ended != null) {
      try {
        ended.reset();
      } catch (Throwable fault) {
        log.fault("reset", fault);
      }
    }
  }

  /** Remembers what the field shows, so that it can be put right after a fault. */
  void note(Edits edits) {
    for (Edit edit : edits.list()) {
      switch (edit) {
        case Edit.Preedit preedit -> shown = preedit.text().isEmpty() ? null : preedit;
        case Edit.Candidates candidates -> choosing = !candidates.texts().isEmpty();
        case Edit.Commit commit -> {}
        case Edit.DeleteSurrounding deletion -> {}
        case Edit.ForwardKey forward -> {}
        case Edit.Auxiliary auxiliary -> explaining = !auxiliary.text().isEmpty();
        case Edit.Properties properties -> {}
      }
    }
  }

  private Edits restartAfterFault() {
    Edits tidy = choosing ? Edits.none().hideCandidates() : Edits.none();
    if (explaining) {
      tidy = tidy.auxiliary("");
    }
    if (shown != null) {
      tidy = tidy.preedit("");
      if (shown.onLoss() == Edit.OnLoss.COMMIT) {
        tidy = tidy.commit(shown.text());
      }
    }
    restart();
    return tidy;
  }
}
