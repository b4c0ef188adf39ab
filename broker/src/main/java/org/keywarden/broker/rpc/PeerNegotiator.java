package org.keywarden.broker.rpc;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.ProtocolNegotiationEvent;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.util.AsciiString;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.capability.ConnectionNonce;
import org.keywarden.broker.socket.AdmittingSocket;

/**
 * Takes the peer's credentials before HTTP/2 begins, and hands them to every call of the
 * connection. grpc-java has no public place for this (grpc-java #2646, #9900), so this stands on
 * its internal negotiator types; see docs/decisions.
 */
final class PeerNegotiator implements ProtocolNegotiator {
  private static final AsciiString SCHEME = AsciiString.of("http");
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final SecureRandom random;

  PeerNegotiator(SecureRandom random) {
    this.random = random;
  }

  @Override
  public AsciiString scheme() {
    return SCHEME;
  }

  @Override
  public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpcHandler) {
    ChannelHandler http2 = InternalProtocolNegotiators.grpcNegotiationHandler(grpcHandler);
    return InternalProtocolNegotiators.waitUntilActiveHandler(
        new Checking(http2), grpcHandler.getNegotiationLogger());
  }

  @Override
  public void close() {}

  private final class Checking extends ChannelInboundHandlerAdapter {
    private final ChannelHandler next;

    Checking(ChannelHandler next) {
      this.next = next;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (!(event instanceof ProtocolNegotiationEvent negotiated)) {
        super.userEventTriggered(context, event);
        return;
      }
      Peer peer = Peer.of(((EpollDomainSocketChannel) context.channel()).peerCredentials());
      Budget.Share share = AdmittingSocket.shareOf(context.channel());
      if (share.over()) {
        context.close();
        return;
      }
      Connection connection =
          new Connection(
              NUMBERS.incrementAndGet(),
              peer,
              AdmittingSocket.programOf(context.channel()),
              share,
              ConnectionNonce.random(random));
      context.pipeline().addFirst(new BoundedOutput());
      context.pipeline().replace(this, null, next);
      context.fireUserEventTriggered(
          InternalProtocolNegotiationEvent.withAttributes(
              negotiated,
              Connection.in(
                  InternalProtocolNegotiationEvent.getAttributes(negotiated), connection)));
    }
  }
}
