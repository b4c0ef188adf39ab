package org.keywarden.cli.demo;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.host.v1.Announcement;
import org.keywarden.proto.host.v1.AttachRequest;
import org.keywarden.proto.host.v1.AttachResponse;
import org.keywarden.proto.host.v1.FieldClosed;
import org.keywarden.proto.host.v1.FieldOpened;
import org.keywarden.proto.host.v1.FocusIn;
import org.keywarden.proto.host.v1.FocusOut;
import org.keywarden.proto.host.v1.Hello;
import org.keywarden.proto.host.v1.InputHostServiceGrpc;
import org.keywarden.proto.host.v1.KeyTyped;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;

/**
 * An application with one field at a time and a person typing into it: keys go to the broker, and
 * what the broker answers is done to the field as a toolkit would.
 */
final class ScriptedApplication implements AutoCloseable {
  static final int RETURN = 0xFF0D;

  private static final List<String> ROWS =
      List.of("1234567890-=", "qwertyuiop[]", "asdfghjkl;'`", "\\zxcvbnm,./", " ");
  private static final List<Integer> FIRST_OF_ROWS = List.of(10, 24, 38, 51, 65);
  private static final int RETURN_CODE = 36;
  private static final long PATIENCE_SECONDS = 10;

  private final LinkedBlockingQueue<AttachResponse> answers = new LinkedBlockingQueue<>();
  private final StreamObserver<AttachRequest> broker;
  private final StringBuilder text = new StringBuilder();
  private final List<Route> routes = new ArrayList<>();
  private long field;
  private long lastKey;
  private boolean hasMenu;
  private @Nullable Throwable failure;

  ScriptedApplication(Channel channel, String name) {
    broker =
        InputHostServiceGrpc.newStub(channel)
            .attach(
                new StreamObserver<>() {
                  @Override
                  public void onNext(AttachResponse response) {
                    answers.add(response);
                  }

                  @Override
                  public void onError(Throwable error) {
                    failure = error;
                  }

                  @Override
                  public void onCompleted() {}
                });
    broker.onNext(
        AttachRequest.newBuilder().setHello(Hello.newBuilder().setApplication(name)).build());
    await(AttachResponse.MessageCase.ATTACHED);
  }

  /** Opens a field of this type, focuses it, and waits until its keys have an owner. */
  void focus(ContentType type) {
    field++;
    text.setLength(0);
    routes.clear();
    hasMenu = false;
    broker.onNext(
        AttachRequest.newBuilder()
            .setFieldOpened(
                FieldOpened.newBuilder()
                    .setField(field)
                    .setAnnouncement(Announcement.ANNOUNCEMENT_EXPECTED))
            .build());
    broker.onNext(
        AttachRequest.newBuilder()
            .setFocusIn(FocusIn.newBuilder().setField(field).setContentType(type))
            .build());
    while (routes.isEmpty() || routes.getLast() == Route.ROUTE_GRANTING) {
      await(AttachResponse.MessageCase.ROUTE_CHANGED);
    }
  }

  /** Waits until the input method shows a menu in the field: it is there then. */
  void awaitMenu() {
    while (!hasMenu) {
      await(AttachResponse.MessageCase.FIELD_EDITED);
    }
  }

  /** Leaves the field for good. */
  void blur() {
    broker.onNext(
        AttachRequest.newBuilder().setFocusOut(FocusOut.newBuilder().setField(field)).build());
    await(AttachResponse.MessageCase.ROUTE_CHANGED);
    broker.onNext(
        AttachRequest.newBuilder()
            .setFieldClosed(FieldClosed.newBuilder().setField(field))
            .build());
  }

  /** Types a character or a keysym and waits for the answer, as a synchronous toolkit does. */
  void type(int keysym) {
    press(keysym, KeyAction.KEY_ACTION_PRESS);
    press(keysym, KeyAction.KEY_ACTION_RELEASE);
  }

  void type(String characters) {
    characters.codePoints().forEach(this::type);
  }

  private void press(int keysym, KeyAction action) {
    long id = ++lastKey;
    broker.onNext(
        AttachRequest.newBuilder()
            .setKey(
                KeyTyped.newBuilder()
                    .setField(field)
                    .setKeyId(id)
                    .setKey(
                        Key.newBuilder()
                            .setKeysym(keysym)
                            .setKeycode(keycode(keysym))
                            .setAction(action)))
            .build());
    AttachResponse answer = await(AttachResponse.MessageCase.KEY_ANSWERED);
    if (!answer.getKeyAnswered().getHandled()
        && action == KeyAction.KEY_ACTION_PRESS
        && keysym < 0xFF00) {
      text.appendCodePoint(keysym);
    }
  }

  /** X11's, on a keyboard of the United States; 0 is "unknown". */
  private static int keycode(int keysym) {
    for (int row = 0; row < ROWS.size(); row++) {
      int at = ROWS.get(row).indexOf(Character.toLowerCase(keysym));
      if (at >= 0) {
        return FIRST_OF_ROWS.get(row) + at;
      }
    }
    return keysym == RETURN ? RETURN_CODE : 0;
  }

  /** Applies what comes in until a message of this kind has. */
  private AttachResponse await(AttachResponse.MessageCase kind) {
    while (true) {
      AttachResponse response;
      try {
        response = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for the broker", e);
      }
      if (response == null) {
        throw new IllegalStateException("the broker did not answer in time", failure);
      }
      apply(response);
      if (response.getMessageCase() == kind) {
        return response;
      }
    }
  }

  private void apply(AttachResponse response) {
    switch (response.getMessageCase()) {
      case ROUTE_CHANGED -> routes.add(response.getRouteChanged().getRoute());
      case FIELD_EDITED -> {
        if (response.getFieldEdited().getField() == field) {
          text.append(response.getFieldEdited().getCommit());
          hasMenu |= response.getFieldEdited().hasProperties();
        }
      }
      case ATTACHED, KEY_ANSWERED, MESSAGE_NOT_SET -> {}
    }
  }

  String text() {
    return text.toString();
  }

  /** The routes since the field got focus. */
  List<Route> routes() {
    return List.copyOf(routes);
  }

  @Override
  public void close() {
    broker.onCompleted();
  }
}
