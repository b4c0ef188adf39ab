package org.keywarden.engine.host;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.keywarden.ime.CandidateClick;
import org.keywarden.ime.CandidatesMove;
import org.keywarden.ime.Composition;
import org.keywarden.ime.Edits;
import org.keywarden.ime.FieldInfo;
import org.keywarden.ime.InputMethod;
import org.keywarden.ime.Key;
import org.keywarden.ime.Outbound;
import org.keywarden.ime.Response;
import org.keywarden.ime.SurroundingText;

/**
 * The engine as the SDK sees it: what is called on the SDK's thread goes to the host's, in order.
 */
final class HostedMethod implements InputMethod {
  /**
   * By how much more than an engine may take, in ms: only a host that stands still comes to this.
   */
  private static final long GRACE = 30;

  private final EngineHost host;
  private final EventLoop loop;
  private final long lastMoment;

  HostedMethod(EngineHost host, EventLoop loop, Duration keyTime) {
    this.host = host;
    this.loop = loop;
    this.lastMoment = keyTime.toMillis() + GRACE;
  }

  @Override
  public Composition begin(FieldInfo field) {
    return new Hosted(field);
  }

  private final class Hosted implements Composition {
    private final FieldInfo field;

    Hosted(FieldInfo field) {
      this.field = field;
    }

    @Override
    public void opened(Outbound outbound) {
      loop.execute(() -> host.enter(field, outbound));
    }

    @Override
    public Response onKey(Key key) {
      long now = System.nanoTime();
      return ask((stay, answer) -> stay.key(key, now, answer));
    }

    @Override
    public Edits candidateClicked(CandidateClick click) {
      long now = System.nanoTime();
      return ask((stay, answer) -> stay.click(click, now, answer)).edits();
    }

    @Override
    public Edits candidatesMoved(CandidatesMove move) {
      String member =
          switch (move) {
            case PAGE_UP -> "PageUp";
            case PAGE_DOWN -> "PageDown";
            case CURSOR_UP -> "CursorUp";
            case CURSOR_DOWN -> "CursorDown";
          };
      long now = System.nanoTime();
      return ask((stay, answer) -> stay.move(member, now, answer)).edits();
    }

    @Override
    public Edits propertyActivated(String key, boolean checked) {
      long now = System.nanoTime();
      return ask((stay, answer) -> stay.activate(key, checked, now, answer)).edits();
    }

    @Override
    public void surroundingChanged(SurroundingText text) {
      loop.execute(() -> host.with(stay -> stay.surrounding(text), () -> {}));
    }

    @Override
    public void reset() {
      loop.execute(host::leave);
    }

    private Response ask(BiConsumer<Stay, CompletableFuture<Response>> question) {
      CompletableFuture<Response> answer = new CompletableFuture<>();
      loop.execute(
          () ->
              host.with(
                  stay -> question.accept(stay, answer),
                  () -> answer.complete(Response.notHandled())));
      try {
        return answer.get(lastMoment, TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        return Response.notHandled();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Response.notHandled();
      }
    }
  }
}
