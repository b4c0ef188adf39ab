package org.keywarden.ime;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An author's input method that shows each key and says what is called: {@code x} throws, {@code !}
 * commits all, everything else is added to the preedit.
 */
final class Script implements InputMethod {
  final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  final BlockingQueue<Outbound> outbounds = new LinkedBlockingQueue<>();
  private final AtomicInteger begun = new AtomicInteger();
  volatile @Nullable FieldInfo field;
  volatile @Nullable SurroundingText surrounding;

  @Override
  public Composition begin(FieldInfo of) {
    field = of;
    int number = begun.incrementAndGet();
    calls.add("begin " + number);
    return new Composition() {
      private final StringBuilder text = new StringBuilder();

      @Override
      public Response onKey(Key key) {
        if (!key.isPressed()) {
          calls.add("release " + number);
          return Response.notHandled();
        }
        if (key.keysym() == 'x') {
          throw new IllegalStateException("typed: " + text + (char) key.keysym());
        }
        if (key.keysym() == '!') {
          return Response.handled().preedit("").commit(text.toString());
        }
        text.append((char) key.keysym());
        return Response.handled().preedit(text.toString());
      }

      @Override
      public Edits candidateClicked(CandidateClick click) {
        if (click.index() == 9) {
          throw new IllegalStateException("typed: " + text);
        }
        return Edits.none().preedit("").commit("candidate " + click.index());
      }

      @Override
      public Edits candidatesMoved(CandidatesMove move) {
        return Edits.none().auxiliary(move.name());
      }

      @Override
      public Edits propertyActivated(String key, boolean checked) {
        return Edits.none().properties(List.of(Property.toggle(key, key, checked)));
      }

      @Override
      public void surroundingChanged(SurroundingText changed) {
        surrounding = changed;
        calls.add("surrounding " + number);
        if (changed.text().isEmpty()) {
          throw new IllegalStateException("typed: " + text);
        }
      }

      @Override
      public void opened(Outbound outbound) {
        outbounds.add(outbound);
      }

      @Override
      public void reset() {
        calls.add("reset " + number);
      }
    };
  }

  String call() throws InterruptedException {
    String call = calls.poll(20, TimeUnit.SECONDS);
    return call == null ? "nothing" : call;
  }

  Outbound outbound() throws InterruptedException {
    Outbound outbound = outbounds.poll(20, TimeUnit.SECONDS);
    if (outbound == null) {
      throw new AssertionError("no composition was opened");
    }
    return outbound;
  }
}
