package org.keywarden.broker.frontdoor.host;

import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.rpc.Connection;
import org.keywarden.broker.rpc.WireEnums;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.proto.host.v1.AttachRequest;
import org.keywarden.proto.host.v1.AttachResponse;
import org.keywarden.proto.host.v1.InputHostServiceGrpc.InputHostServiceImplBase;
import org.keywarden.proto.host.v1.RouteChanged;

/**
 * Serves {@code InputHostService}: what applications say goes to the seat, what the seat says goes
 * to its application.
 */
public final class HostDoor extends InputHostServiceImplBase {
  private final SeatInbox inbox;
  private final Map<Long, HostSession> sessions = new HashMap<>();
  private final Predicate<String> keptOut;
  private long lastHost;

  /** The session last told of a route other than unfocused. */
  private @Nullable HostSession focusOwner;

  /**
   * @param keptOut whether the user keeps input methods out of a program
   */
  public HostDoor(SeatInbox inbox, Predicate<String> keptOut) {
    this.inbox = inbox;
    this.keptOut = keptOut;
  }

  @Override
  public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> responses) {
    Connection connection = Connection.ofBeginningCall();
    HostSession session =
        new HostSession(
            ++lastHost,
            connection.program(),
            keptOut,
            inbox,
            responses,
            connection.share(),
            this::forget);
    sessions.put(session.host(), session);
    return session;
  }

  private void forget(HostSession session) {
    sessions.remove(session.host());
    if (focusOwner == session) {
      focusOwner = null;
    }
  }

  /** Does what the seat asks. */
  public void apply(HostEffect effect) {
    switch (effect) {
      case HostEffect.AnswerKey e -> {
        HostSession session = sessionOf(e.field());
        if (session != null) {
          session.answer(e);
        }
      }
      case HostEffect.FenceRaised e -> {}
      case HostEffect.EditField e -> {
        HostSession session = sessionOf(e.field());
        if (session != null) {
          session.edit(e);
        }
      }
      case HostEffect.RouteChanged e -> routeChanged(e);
    }
  }

  private void routeChanged(HostEffect.RouteChanged changed) {
    HostSession session = changed.field() == null ? null : sessionOf(changed.field());
    if (focusOwner != null && focusOwner != session) {
      focusOwner.route(
          RouteChanged.newBuilder()
              .setRoute(WireEnums.route(org.keywarden.broker.seat.Route.UNFOCUSED))
              .build());
    }
    focusOwner = session;
    if (session != null && changed.field() != null) {
      session.route(
          RouteChanged.newBuilder()
              .setField(changed.field().field())
              .setRoute(WireEnums.route(changed.route()))
              .build());
    }
  }

  private @Nullable HostSession sessionOf(FieldId field) {
    return sessions.get(field.host());
  }
}
