package org.keywarden.broker.frontdoor.host;

import io.grpc.stub.StreamObserver;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Resource;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.rpc.ServerStream;
import org.keywarden.broker.rpc.ShownMessages;
import org.keywarden.broker.seat.Application;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.FieldTraits;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.host.v1.Announcement;
import org.keywarden.proto.host.v1.AttachRequest;
import org.keywarden.proto.host.v1.AttachResponse;
import org.keywarden.proto.host.v1.Attached;
import org.keywarden.proto.host.v1.FieldEdited;
import org.keywarden.proto.host.v1.FieldOpened;
import org.keywarden.proto.host.v1.KeyAnswered;
import org.keywarden.proto.host.v1.RouteChanged;
import org.keywarden.proto.input.v1.Auxiliary;

/** One application's session: checks the order of its messages and keeps the list of its fields. */
final class HostSession implements StreamObserver<AttachRequest> {
  private static final int MOST_FIELDS = 1_024;

  private final long host;
  private final String executable;
  private final Predicate<String> keptOut;
  private final SeatInbox inbox;
  private final ServerStream<AttachResponse> responses;
  private final Budget.Share share;
  private final Consumer<HostSession> forget;
  private final Set<Long> fields = new LinkedHashSet<>();
  private String application = "";

  HostSession(
      long host,
      String executable,
      Predicate<String> keptOut,
      SeatInbox inbox,
      StreamObserver<AttachResponse> responses,
      Budget.Share share,
      Consumer<HostSession> forget) {
    this.host = host;
    this.executable = executable;
    this.keptOut = keptOut;
    this.inbox = inbox;
    this.responses = new ServerStream<>(responses, share, this::gone);
    this.share = share;
    this.forget = forget;
  }

  long host() {
    return host;
  }

  @Override
  public void onNext(AttachRequest request) {
    if (responses.ended()) {
      return;
    }
    boolean hello = request.getMessageCase() == AttachRequest.MessageCase.HELLO;
    if (hello != application.isEmpty()) {
      refuse(Reason.REASON_OUT_OF_TURN, "hello comes first and once");
      return;
    }
    switch (request.getMessageCase()) {
      case HELLO -> {
        application = request.getHello().getApplication();
        send(AttachResponse.newBuilder().setAttached(Attached.getDefaultInstance()).build());
      }
      case FIELD_OPENED -> open(request.getFieldOpened());
      case FIELD_CLOSED -> {
        FieldId field = id(request.getFieldClosed().getField());
        if (post(new SeatEvent.FieldClosed(field))) {
          fields.remove(field.field());
          share.give(Resource.CONTEXTS, 1);
        }
      }
      case FOCUS_IN ->
          post(
              new SeatEvent.FocusGained(
                  id(request.getFocusIn().getField()),
                  request.getFocusIn().hasContentType()
                      ? InputMessages.contentType(request.getFocusIn().getContentType())
                      : null));
      case FOCUS_OUT -> post(new SeatEvent.FocusLost(id(request.getFocusOut().getField())));
      case CONTENT_TYPE_CHANGED ->
          post(
              new SeatEvent.ContentTypeChanged(
                  id(request.getContentTypeChanged().getField()),
                  InputMessages.contentType(request.getContentTypeChanged().getContentType())));
      case KEY ->
          post(
              new SeatEvent.KeyTyped(
                  id(request.getKey().getField()),
                  request.getKey().getKeyId(),
                  InputMessages.key(request.getKey().getKey())));
      case RESET -> post(new SeatEvent.FieldReset(id(request.getReset().getField())));
      case SURROUNDING_TEXT_CHANGED ->
          post(
              new SeatEvent.SurroundingChanged(
                  id(request.getSurroundingTextChanged().getField()),
                  InputMessages.surrounding(
                      request.getSurroundingTextChanged().getSurroundingText())));
      case CURSOR_MOVED -> post(new SeatEvent.CursorMoved(id(request.getCursorMoved().getField())));
      case CANDIDATE_CLICKED ->
          post(
              new SeatEvent.CandidateClicked(
                  id(request.getCandidateClicked().getField()),
                  InputMessages.click(request.getCandidateClicked().getClick())));
      case CANDIDATES_MOVED ->
          post(
              new SeatEvent.CandidatesMoved(
                  id(request.getCandidatesMoved().getField()),
                  InputMessages.move(request.getCandidatesMoved().getMove())));
      case PROPERTY_ACTIVATED ->
          post(
              new SeatEvent.PropertyActivated(
                  id(request.getPropertyActivated().getField()),
                  request.getPropertyActivated().getKey(),
                  request.getPropertyActivated().getChecked()));
      case MESSAGE_NOT_SET ->
          throw new IllegalArgumentException("the schema check lets no empty message through");
    }
  }

  private void open(FieldOpened opened) {
    if (fields.contains(opened.getField())) {
      refuse(
          Reason.REASON_OUT_OF_TURN,
          "field " + Long.toUnsignedString(opened.getField()) + " is open already");
    } else if (fields.size() >= MOST_FIELDS || !share.take(Resource.CONTEXTS, 1)) {
      refuse(Reason.REASON_TOO_MANY_FIELDS, "more fields than an application may have open");
    } else {
      fields.add(opened.getField());
      post(
          new SeatEvent.FieldOpened(
              id(opened.getField()),
              new Application(
                  application, executable, false, keptOut.test(executable), share.owner()),
              new FieldTraits(
                  opened.getAnnouncement() == Announcement.ANNOUNCEMENT_EXPECTED, false, false)));
    }
  }

  private FieldId id(long field) {
    return new FieldId(host, field);
  }

  /** Passes an event on if its field is open; else ends the session. */
  private boolean post(SeatEvent.OfField event) {
    FieldId field = event.field();
    if (!fields.contains(field.field())) {
      refuse(
          Reason.REASON_OUT_OF_TURN,
          "field " + Long.toUnsignedString(field.field()) + " is not open");
      return false;
    }
    inbox.post(event);
    return true;
  }

  void answer(HostEffect.AnswerKey answer) {
    send(
        AttachResponse.newBuilder()
            .setKeyAnswered(
                KeyAnswered.newBuilder()
                    .setField(answer.field().field())
                    .setKeyId(answer.keyId())
                    .setHandled(answer.handled()))
            .build());
  }

  void edit(HostEffect.EditField edit) {
    FieldEdited.Builder edited = FieldEdited.newBuilder().setField(edit.field().field());
    switch (edit.edit()) {
      case Edit.Insert e -> edited.setCommit(e.text());
      case Edit.SetPreedit e -> edited.setPreedit(ShownMessages.preedit(e.preedit()));
      case Edit.SetCandidates e -> edited.setCandidates(ShownMessages.candidates(e.candidates()));
      case Edit.Delete e ->
          edited.setDeleteSurrounding(
              org.keywarden.proto.input.v1.DeleteSurrounding.newBuilder()
                  .setOffset(e.offset())
                  .setCount(e.count()));
      case Edit.SetAuxiliary e -> edited.setAuxiliary(Auxiliary.newBuilder().setText(e.text()));
      case Edit.SetProperties e -> edited.setProperties(ShownMessages.properties(e.items()));
      case Edit.Forward e -> edited.setForwardKey(InputMessages.key(e.key()));
    }
    send(AttachResponse.newBuilder().setFieldEdited(edited).build());
  }

  void route(RouteChanged route) {
    send(AttachResponse.newBuilder().setRouteChanged(route).build());
  }

  private void send(AttachResponse response) {
    responses.send(response);
  }

  private void refuse(Reason reason, String detail) {
    responses.refuse(reason, detail);
  }

  @Override
  public void onError(Throwable gone) {
    responses.lost();
  }

  @Override
  public void onCompleted() {
    responses.complete();
  }

  private void gone() {
    forget.accept(this);
    for (long field : List.copyOf(fields)) {
      inbox.post(new SeatEvent.FieldClosed(id(field)));
    }
    share.give(Resource.CONTEXTS, fields.size());
    fields.clear();
  }
}
