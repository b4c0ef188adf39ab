package org.keywarden.conformance;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.host.v1.Announcement;
import org.keywarden.proto.host.v1.AttachRequest;
import org.keywarden.proto.host.v1.AttachResponse;
import org.keywarden.proto.host.v1.ContentTypeChanged;
import org.keywarden.proto.host.v1.CursorMoved;
import org.keywarden.proto.host.v1.FieldEdited;
import org.keywarden.proto.host.v1.FieldOpened;
import org.keywarden.proto.host.v1.FocusIn;
import org.keywarden.proto.host.v1.FocusOut;
import org.keywarden.proto.host.v1.Hello;
import org.keywarden.proto.host.v1.InputHostServiceGrpc;
import org.keywarden.proto.host.v1.KeyAnswered;
import org.keywarden.proto.host.v1.KeyTyped;
import org.keywarden.proto.host.v1.Reset;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.host.v1.SurroundingTextChanged;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.input.v1.Purpose;
import org.keywarden.proto.input.v1.SurroundingText;

/** An application the kit plays: fields, focus, keys, and what the broker said to them. */
public final class Application implements AutoCloseable {
  private static final ContentType PLAIN =
      ContentType.newBuilder().setPurpose(Purpose.PURPOSE_FREE_FORM).build();
  private static final ContentType PASSWORD =
      ContentType.newBuilder().setPurpose(Purpose.PURPOSE_PASSWORD).build();

  private final UnixChannels channels = new UnixChannels();
  private final ClientCall<byte[], AttachResponse> call;

  // Guarded by this: written by the event loop, read by the kit's thread.
  private final List<KeyAnswered> answers = new ArrayList<>();
  private final List<FieldEdited> edits = new ArrayList<>();
  private final Documents documents = new Documents();
  private final Map<Long, String> preedits = new HashMap<>();
  private Route route = Route.ROUTE_UNSPECIFIED;
  private boolean attached;
  private String ended = "";
  private long keys;
  private long answeredAt;

  public Application(Path socket, String name) {
    MethodDescriptor<AttachRequest, AttachResponse> attach = InputHostServiceGrpc.getAttachMethod();
    this.call =
        channels
            .to(socket)
            .newCall(
                attach.toBuilder(
                        org.keywarden.conformance.puppet.RawMessages.marshaller(),
                        attach.getResponseMarshaller())
                    .build(),
                // Where the broker accepts nobody for a moment, gRPC tries again by itself.
                CallOptions.DEFAULT.withWaitForReady());
    call.start(new Incoming(), new Metadata());
    call.request(1);
    send(AttachRequest.newBuilder().setHello(Hello.newBuilder().setApplication(name)));
  }

  public static ContentType plain() {
    return PLAIN;
  }

  public static ContentType password() {
    return PASSWORD;
  }

  private void send(AttachRequest.Builder message) {
    raw(message.build().toByteArray());
  }

  /** Sends bytes as one message. */
  void raw(byte[] message) {
    call.sendMessage(message);
  }

  public void open(long field) {
    send(
        AttachRequest.newBuilder()
            .setFieldOpened(
                FieldOpened.newBuilder()
                    .setField(field)
                    .setAnnouncement(Announcement.ANNOUNCEMENT_EXPECTED)));
  }

  public void focus(long field, ContentType type) {
    send(
        AttachRequest.newBuilder()
            .setFocusIn(FocusIn.newBuilder().setField(field).setContentType(type)));
  }

  void focusUntold(long field) {
    send(AttachRequest.newBuilder().setFocusIn(FocusIn.newBuilder().setField(field)));
  }

  public void blur(long field) {
    send(AttachRequest.newBuilder().setFocusOut(FocusOut.newBuilder().setField(field)));
  }

  void declare(long field, ContentType type) {
    send(
        AttachRequest.newBuilder()
            .setContentTypeChanged(
                ContentTypeChanged.newBuilder().setField(field).setContentType(type)));
  }

  void report(long field, String text) {
    send(
        AttachRequest.newBuilder()
            .setSurroundingTextChanged(
                SurroundingTextChanged.newBuilder()
                    .setField(field)
                    .setSurroundingText(
                        SurroundingText.newBuilder()
                            .setText(text)
                            .setCursor(text.length())
                            .setAnchor(text.length()))));
  }

  void moveCursor(long field) {
    send(AttachRequest.newBuilder().setCursorMoved(CursorMoved.newBuilder().setField(field)));
  }

  void reset(long field) {
    send(AttachRequest.newBuilder().setReset(Reset.newBuilder().setField(field)));
  }

  /** All edits that came so far. */
  public synchronized List<FieldEdited> edits() {
    return List.copyOf(edits);
  }

  /** How many edits came so far. */
  synchronized int edited() {
    return edits.size();
  }

  /** Presses and releases a key. */
  void tap(long field, int keysym) {
    key(field, keysym, KeyAction.KEY_ACTION_PRESS);
    key(field, keysym, KeyAction.KEY_ACTION_RELEASE);
  }

  /** Taps the keys of each character (ASCII, whose keysyms are its codes). */
  void type(long field, String text) {
    text.chars().forEach(c -> tap(field, c));
  }

  public void key(long field, int keysym, KeyAction action) {
    synchronized (this) {
      keys++;
      documents.typed(keys, field, keysym, action);
    }
    send(
        AttachRequest.newBuilder()
            .setKey(
                KeyTyped.newBuilder()
                    .setField(field)
                    .setKeyId(keys)
                    .setKey(
                        Key.newBuilder()
                            .setKeysym(keysym)
                            .setKeycode(8 + (keysym & 0x7F))
                            .setAction(action))));
  }

  /** Waits until every key sent has its answer, and checks that each has one, in order. */
  public Outcome awaitAnswers() throws Unsettled {
    Await.until("answer to every key", Await.PATIENCE, this::allAnswered, this::toString);
    synchronized (this) {
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).getKeyId() != i + 1) {
          return Outcome.of(false, "key " + (i + 1) + " answered out of turn or twice");
        }
      }
      return Outcome.of(
          answers.size() == keys, answers.size() + " of " + keys + " keys answered once, in order");
    }
  }

  private synchronized boolean allAnswered() {
    return answers.size() >= keys;
  }

  /** Numbers of the answered keys that the application was to handle itself. */
  synchronized long unhandled() {
    return answers.stream().filter(answer -> !answer.getHandled()).count();
  }

  /** What is under composition in a field. */
  public synchronized String preedit(long field) {
    return preedits.getOrDefault(field, "");
  }

  public synchronized String committed(long field) {
    return edits.stream()
        .filter(edit -> edit.getField() == field && edit.hasCommit())
        .map(FieldEdited::getCommit)
        .collect(Collectors.joining());
  }

  /** When the last answer came, by {@link System#nanoTime}. */
  public synchronized long answeredAt() {
    return answeredAt;
  }

  synchronized int answered() {
    return answers.size();
  }

  /** How many keys are not answered yet. */
  public synchronized long unanswered() {
    return keys - answers.size();
  }

  /** What is in a field whose owner types on its own what it was left to handle. */
  synchronized String text(long field) {
    return documents.text(field);
  }

  /** What was typed into a field. */
  synchronized String typed(long field) {
    return documents.typed(field);
  }

  synchronized long forwarded() {
    return edits.stream().filter(FieldEdited::hasForwardKey).count();
  }

  /** How often text around the cursor was to be deleted. */
  synchronized long deletions() {
    return edits.stream().filter(FieldEdited::hasDeleteSurrounding).count();
  }

  public void awaitRoute(Route wanted) throws Unsettled {
    Await.until(
        "route " + wanted, Await.PATIENCE, () -> route() == wanted, () -> route().toString());
  }

  public synchronized Route route() {
    return route;
  }

  /** Waits for the session's end; returns the reason. */
  String awaitEnd() throws Unsettled {
    Await.until("end of the session", Await.PATIENCE, () -> !ended().isEmpty(), this::toString);
    return ended();
  }

  synchronized String ended() {
    return ended;
  }

  public void awaitAttached() throws Unsettled {
    Await.until("attached", Await.PATIENCE, () -> attached() || !ended().isEmpty(), this::toString);
    if (!attached()) {
      throw new Unsettled("not let in: " + this);
    }
  }

  private synchronized boolean attached() {
    return attached;
  }

  @Override
  public synchronized String toString() {
    return answers.size() + " of " + keys + " keys answered, " + route + ", ended '" + ended + "'";
  }

  @Override
  public void close() {
    call.cancel("done", null);
    channels.close();
  }

  private final class Incoming extends ClientCall.Listener<AttachResponse> {
    @Override
    public void onMessage(AttachResponse response) {
      call.request(1);
      synchronized (Application.this) {
        switch (response.getMessageCase()) {
          case ATTACHED -> attached = true;
          case KEY_ANSWERED -> {
            answeredAt = System.nanoTime();
            answers.add(response.getKeyAnswered());
            documents.answered(response.getKeyAnswered());
          }
          case FIELD_EDITED -> {
            edits.add(response.getFieldEdited());
            documents.edited(response.getFieldEdited());
            if (response.getFieldEdited().hasPreedit()) {
              preedits.put(
                  response.getFieldEdited().getField(),
                  response.getFieldEdited().getPreedit().getText());
            }
          }
          case ROUTE_CHANGED -> route = response.getRouteChanged().getRoute();
          case MESSAGE_NOT_SET -> {}
        }
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      synchronized (Application.this) {
        ended =
            Refusals.reasonOf(status, trailers)
                .map(Refusals::nameOf)
                .orElse("status " + status.getCode());
      }
    }
  }
}
