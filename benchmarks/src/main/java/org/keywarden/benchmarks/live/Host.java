package org.keywarden.benchmarks.live;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.host.v1.Announcement;
import org.keywarden.proto.host.v1.AttachRequest;
import org.keywarden.proto.host.v1.AttachResponse;
import org.keywarden.proto.host.v1.FieldOpened;
import org.keywarden.proto.host.v1.FocusIn;
import org.keywarden.proto.host.v1.Hello;
import org.keywarden.proto.host.v1.InputHostServiceGrpc;
import org.keywarden.proto.host.v1.KeyAnswered;
import org.keywarden.proto.host.v1.KeyTyped;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.input.v1.Purpose;

/**
 * An application on the broker's host socket: sends one thing at a time and says how long the
 * broker took to answer, all on one event loop, so that no thread hop of this side is in the
 * figure.
 */
final class Host implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int KEYCODE_MIN = 8;

  private final ManagedChannel channel;
  private final EventLoop loop;
  private final ClientCall<AttachRequest, AttachResponse> call;

  // On the event loop only.
  private @Nullable Consumer<KeyAnswered> onAnswer;
  private @Nullable Consumer<Route> onRoute;
  private long lastKey;
  private String ended = "";

  /**
   * Attaches.
   *
   * @param name {@code direct} for the route of that name, anything else for the input method
   */
  Host(EventLoopGroup loops, Path socket, String name) {
    loop = loops.next();
    channel = UnixChannels.on(loop, socket).directExecutor().build();
    call = channel.newCall(InputHostServiceGrpc.getAttachMethod(), CallOptions.DEFAULT);
    call.start(new Incoming(), new Metadata());
    call.request(1);
    send(AttachRequest.newBuilder().setHello(Hello.newBuilder().setApplication(name)));
  }

  /** Opens a field that says what is typed into it. */
  void open(long field) {
    send(
        AttachRequest.newBuilder()
            .setFieldOpened(
                FieldOpened.newBuilder()
                    .setField(field)
                    .setAnnouncement(Announcement.ANNOUNCEMENT_EXPECTED)));
  }

  /** Focuses a field and waits for a route; returns the ns that took. */
  long focus(long field, Purpose purpose, Route wanted) {
    return wait(
        done ->
            loop.execute(
                () -> {
                  long start = System.nanoTime();
                  onRoute =
                      route -> {
                        if (route == wanted) {
                          onRoute = null;
                          done.complete(System.nanoTime() - start);
                        }
                      };
                  send(
                      AttachRequest.newBuilder()
                          .setFocusIn(
                              FocusIn.newBuilder()
                                  .setField(field)
                                  .setContentType(ContentType.newBuilder().setPurpose(purpose))));
                }));
  }

  /** Does something and waits for the next change to a route; returns the ns from before it. */
  long await(Runnable action, Route wanted) {
    return wait(
        done -> {
          long start = System.nanoTime();
          loop.execute(
              () -> {
                onRoute =
                    route -> {
                      if (route == wanted) {
                        onRoute = null;
                        done.complete(System.nanoTime() - start);
                      }
                    };
                action.run();
              });
        });
  }

  /**
   * Types a text over and over, each key pressed and released, the next event when the last is
   * answered.
   *
   * @param gap ns between an answer and the next event, 0 for none
   * @return ns from each event to its answer
   */
  double[] type(long field, int[] keysyms, int events, long gap) {
    return wait(done -> loop.execute(new Typing(field, keysyms, events, gap, done)::next));
  }

  /** Waits so long. */
  void rest(long nanos) {
    wait(done -> loop.schedule(() -> done.complete(true), nanos, TimeUnit.NANOSECONDS));
  }

  private <T> T wait(Consumer<CompletableFuture<T>> start) {
    CompletableFuture<T> done = new CompletableFuture<>();
    start.accept(done);
    try {
      return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(
          "no answer from the broker; the session " + (ended.isEmpty() ? "is open" : ended), e);
    }
  }

  private void send(AttachRequest.Builder message) {
    call.sendMessage(message.build());
  }

  @Override
  public void close() {
    call.cancel("done", null);
    channel.shutdownNow();
  }

  /** Keys one after the other. */
  private final class Typing {
    private final long field;
    private final int[] keysyms;
    private final double[] took;
    private final long gap;
    private final CompletableFuture<double[]> done;
    private int next;

    Typing(long field, int[] keysyms, int events, long gap, CompletableFuture<double[]> done) {
      this.field = field;
      this.keysyms = keysyms;
      this.took = new double[events];
      this.gap = gap;
      this.done = done;
    }

    void next() {
      int keysym = keysyms[next / 2 % keysyms.length];
      AttachRequest request =
          AttachRequest.newBuilder()
              .setKey(
                  KeyTyped.newBuilder()
                      .setField(field)
                      .setKeyId(++lastKey)
                      .setKey(
                          Key.newBuilder()
                              .setKeysym(keysym)
                              .setKeycode(KEYCODE_MIN + (keysym & 0x7F))
                              .setAction(
                                  next % 2 == 0
                                      ? KeyAction.KEY_ACTION_PRESS
                                      : KeyAction.KEY_ACTION_RELEASE)))
              .build();
      long start = System.nanoTime();
      onAnswer = answer -> answered(answer, System.nanoTime() - start);
      call.sendMessage(request);
    }

    private void answered(KeyAnswered answer, long nanos) {
      if (answer.getKeyId() != lastKey) {
        done.completeExceptionally(new IllegalStateException("a key was answered out of turn"));
        return;
      }
      took[next++] = nanos;
      if (next == took.length) {
        onAnswer = null;
        done.complete(took);
      } else if (gap == 0) {
        // Not from within the answer's own callback: the channel flushes after it.
        loop.execute(this::next);
      } else {
        loop.schedule(this::next, gap, TimeUnit.NANOSECONDS);
      }
    }
  }

  private final class Incoming extends ClientCall.Listener<AttachResponse> {
    @Override
    public void onMessage(AttachResponse response) {
      call.request(1);
      switch (response.getMessageCase()) {
        case KEY_ANSWERED -> {
          if (onAnswer != null) {
            onAnswer.accept(response.getKeyAnswered());
          }
        }
        case ROUTE_CHANGED -> {
          if (onRoute != null) {
            onRoute.accept(response.getRouteChanged().getRoute());
          }
        }
        case ATTACHED, FIELD_EDITED, MESSAGE_NOT_SET -> {}
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ended = "ended with " + status;
    }
  }
}
