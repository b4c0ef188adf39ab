package org.keywarden.broker.plugin;

import com.google.protobuf.ByteString;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.auditing.GrantLog;
import org.keywarden.broker.capability.HolderKey;
import org.keywarden.broker.capability.ImplicitContext;
import org.keywarden.broker.capability.UnverifiedToken;
import org.keywarden.broker.capability.VerifiedCapability;
import org.keywarden.broker.capability.Verifier;
import org.keywarden.broker.process.ProcessStarter.Identity;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.rpc.WireEnums;
import org.keywarden.broker.seat.PluginEffect;
import org.keywarden.broker.seat.PluginInstance;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.ConnectRequest;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.DeriveCapabilityRequest;
import org.keywarden.proto.plugin.v1.DeriveCapabilityResponse;
import org.keywarden.proto.plugin.v1.GrantOffered;
import org.keywarden.proto.plugin.v1.GrantRenewed;
import org.keywarden.proto.plugin.v1.GrantRevoked;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc.PluginServiceImplBase;

/**
 * Serves each instance its own {@code PluginService} and carries what the seat wants to the
 * streams.
 */
public final class PluginGateway implements ComposeStream.Renewals {
  private final SeatInbox inbox;
  private final Verifier verifier;
  private final GrantLog log;
  private final String bootId;
  private final LongSupplier clock;
  private final LongConsumer restart;

  private final Map<PluginInstance, Service> services = new HashMap<>();
  private final Map<Long, ComposeStream> live = new HashMap<>();
  private final Derivations derivations;

  /** Streams that the seat has not decided about, by their numbers. */
  private final Map<Long, ComposeStream> opening = new HashMap<>();

  private long lastStream;

  /**
   * @param restart ends an instance's process, given its number
   */
  public PluginGateway(
      SeatInbox inbox,
      Verifier verifier,
      GrantLog log,
      String bootId,
      LongSupplier clock,
      LongConsumer restart) {
    this.inbox = inbox;
    this.verifier = verifier;
    this.log = log;
    this.bootId = bootId;
    this.clock = clock;
    this.restart = restart;
    this.derivations = new Derivations(inbox);
  }

  /** The service for one instance's own socket. */
  public ServerServiceDefinition serve(
      PluginInstance instance, PluginManifest manifest, String socketPath) {
    Service service =
        new Service(new PluginSession(instance, manifest, socketPath, clock.getAsLong()));
    services.put(instance, service);
    return ServerInterceptors.intercept(service, service.interceptor);
  }

  /** The instance's process runs. */
  public void started(PluginInstance instance, Identity identity) {
    Service service = services.get(instance);
    if (service != null) {
      service.session.identity = identity;
    }
  }

  /** Whether the instance has registered. */
  public boolean registered(PluginInstance instance) {
    Service service = services.get(instance);
    return service != null && service.session.registered();
  }

  /** The instance's process is gone. */
  public void ended(PluginInstance instance) {
    services.remove(instance);
    inbox.post(new SeatEvent.PluginLost(instance));
  }

  /** Does what the seat asks. */
  public void apply(PluginEffect effect) {
    switch (effect) {
      case PluginEffect.OfferGrant e -> offer(e);
      case PluginEffect.OfferRenewal e -> offerRenewal(e);
      case PluginEffect.AcceptCompose e -> accept(e);
      case PluginEffect.RefuseCompose e -> refuse(e);
      case PluginEffect.RefuseRenewal e ->
          toStream(e.grant(), ComposeMessages.refused(e.refusal()));
      case PluginEffect.DeliverKey e -> toStream(e.grant(), ComposeMessages.key(e));
      case PluginEffect.DeliverSurrounding e -> toStream(e.grant(), ComposeMessages.surrounding(e));
      case PluginEffect.DeliverCandidateClick e -> toStream(e.grant(), ComposeMessages.clicked(e));
      case PluginEffect.DeliverCandidatesMove e -> toStream(e.grant(), ComposeMessages.moved(e));
      case PluginEffect.DeliverActivation e -> toStream(e.grant(), ComposeMessages.activated(e));
      case PluginEffect.ResetComposition e -> toStream(e.grant(), ComposeMessages.reset());
      case PluginEffect.RefuseAction e -> toStream(e.grant(), ComposeMessages.refused(e.refusal()));
      case PluginEffect.Revoke e -> revoke(e);
      case PluginEffect.AnswerDerivation e -> derivations.answer(e);
      case PluginEffect.RefuseDerivation e -> derivations.refuse(e);
      case PluginEffect.RestartPlugin e -> restart.accept(e.instance().number());
    }
  }

  /** Where tokens of an instance are valid: on its connection; null if it has none. */
  public @Nullable ImplicitContext contextOf(PluginInstance instance) {
    Service service = services.get(instance);
    PluginSession session = service == null ? null : service.session;
    return session == null || session.connection == null
        ? null
        : session.contextOn(session.connection, bootId);
  }

  private void offer(PluginEffect.OfferGrant offer) {
    GrantOffered.Builder offered =
        GrantOffered.newBuilder()
            .setGrant(offer.grant())
            .setToken(ByteString.copyFrom(offer.token().bytes()))
            .addAllRights(InputMessages.rights(offer.rights()))
            .setLearning(offer.learning())
            .setInputMethod(offer.inputMethod());
    if (offer.type() != null) {
      offered.setContentType(InputMessages.contentType(offer.type()));
    }
    mayPresent(offer.instance());
    toSession(offer.instance(), ConnectResponse.newBuilder().setGrantOffered(offered).build());
  }

  /** What is offered may be presented, however fast applications move the focus. */
  private void mayPresent(PluginInstance instance) {
    Service service = services.get(instance);
    if (service != null) {
      service.session.presentations.give();
    }
  }

  private void offerRenewal(PluginEffect.OfferRenewal offer) {
    mayPresent(offer.instance());
    toSession(
        offer.instance(),
        ConnectResponse.newBuilder()
            .setGrantRenewed(
                GrantRenewed.newBuilder()
                    .setGrant(offer.grant())
                    .setToken(ByteString.copyFrom(offer.token().bytes())))
            .build());
  }

  private void accept(PluginEffect.AcceptCompose accepted) {
    ComposeStream stream = opening.remove(accepted.stream());
    if (stream != null) {
      live.put(accepted.grant(), stream);
      stream.accepted();
      stream.send(ComposeMessages.opened());
    }
  }

  private void refuse(PluginEffect.RefuseCompose refused) {
    ComposeStream stream = opening.remove(refused.stream());
    if (stream != null) {
      Reason reason =
          refused.refusal() == Refusal.IN_USE
              ? Reason.REASON_GRANT_IN_USE
              : Reason.REASON_GRANT_NOT_LIVE;
      stream.end(reason, "the grant is not open for this stream");
    }
  }

  private void revoke(PluginEffect.Revoke revoked) {
    derivations.ended(revoked.grant());
    ComposeStream stream = live.remove(revoked.grant());
    if (stream != null) {
      stream.end(Reason.REASON_GRANT_REVOKED, revoked.reason().name());
    }
    toSession(
        revoked.instance(),
        ConnectResponse.newBuilder()
            .setGrantRevoked(
                GrantRevoked.newBuilder()
                    .setGrant(revoked.grant())
                    .setReason(WireEnums.reason(revoked.reason())))
            .build());
  }

  private void toStream(long grant, ComposeResponse response) {
    ComposeStream stream = live.get(grant);
    if (stream != null) {
      stream.send(response);
    }
  }

  private void toSession(PluginInstance instance, ConnectResponse response) {
    Service service = services.get(instance);
    if (service != null && service.connect != null) {
      service.connect.send(response);
    }
  }

  @Override
  public void present(ComposeStream stream, byte[] token) {
    Service service = services.get(stream.session.instance);
    Optional<UnverifiedToken> unverified = UnverifiedToken.of(token);
    if (service == null
        || unverified.isEmpty()
        || !stream.session.presentations.take(clock.getAsLong())) {
      return;
    }
    try {
      VerifiedCapability renewed = service.interceptor.verify(unverified.get(), stream.connection);
      if (renewed.claims().grant() == stream.grant) {
        inbox.post(new SeatEvent.RenewalPresented(renewed));
      }
    } catch (StatusRuntimeException refusal) {
      stream.send(ComposeMessages.refused(Refusal.NOT_LIVE));
    }
  }

  /** One instance's service: who calls is known before anyone calls. */
  private final class Service extends PluginServiceImplBase {
    final PluginSession session;
    final CapabilityInterceptor interceptor;
    @Nullable ConnectStream connect;

    Service(PluginSession session) {
      this.session = session;
      this.interceptor =
          new CapabilityInterceptor(
              session,
              verifier,
              bootId,
              clock,
              this::holderOf,
              reason -> log.presentationRefused(session.instance.number(), reason.name()));
    }

    private @Nullable HolderKey holderOf(VerifiedCapability capability) {
      HolderKey derived = derivations.holderOf(capability.claims().grant());
      return derived == null ? session.holder : derived;
    }

    @Override
    public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> responses) {
      ConnectStream stream =
          new ConnectStream(session, CapabilityInterceptor.CONNECTION.get(), responses, inbox);
      if (!session.registered()) {
        connect = stream;
      }
      return stream;
    }

    @Override
    public StreamObserver<ComposeRequest> compose(StreamObserver<ComposeResponse> responses) {
      VerifiedCapability capability = CapabilityInterceptor.CAPABILITY.get();
      ComposeStream stream =
          new ComposeStream(
              capability.claims().grant(),
              session,
              CapabilityInterceptor.CONNECTION.get(),
              responses,
              inbox,
              clock,
              PluginGateway.this);
      opening.put(++lastStream, stream);
      inbox.post(new SeatEvent.ComposeOpened(lastStream, capability));
      return stream;
    }

    @Override
    public void deriveCapability(
        DeriveCapabilityRequest request, StreamObserver<DeriveCapabilityResponse> answer) {
      derivations.ask(CapabilityInterceptor.CAPABILITY.get().claims().grant(), request, answer);
    }
  }
}
