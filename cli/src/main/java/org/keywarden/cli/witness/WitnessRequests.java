package org.keywarden.cli.witness;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.witness.Answer;
import org.keywarden.audit.witness.Witness;

/**
 * Answers the one request of a connection: {@code POST /add-checkpoint}, nothing else.
 *
 * <p>Thread: the server's.
 */
final class WitnessRequests extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String PATH = "/add-checkpoint";
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final Witness witness;
  private final Consumer<String> log;

  WitnessRequests(Witness witness, Consumer<String> log) {
    this.witness = witness;
    this.log = log;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    context.writeAndFlush(answer(request)).addListener(ChannelFutureListener.CLOSE);
  }

  private FullHttpResponse answer(FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      return reply(HttpResponseStatus.BAD_REQUEST, "this is no HTTP request\n");
    }
    if (!request.uri().equals(PATH)) {
      return reply(HttpResponseStatus.NOT_FOUND, "there is only " + PATH + "\n");
    }
    if (!request.method().equals(HttpMethod.POST)) {
      FullHttpResponse refused = reply(HttpResponseStatus.METHOD_NOT_ALLOWED, "");
      refused.headers().set(HttpHeaderNames.ALLOW, HttpMethod.POST);
      return refused;
    }
    try {
      return reply(witness.add(ByteBufUtil.getBytes(request.content())));
    } catch (IOException e) {
      log.accept("failed: " + e.getMessage());
      return reply(
          HttpResponseStatus.INTERNAL_SERVER_ERROR, "the witness cannot remember a checkpoint\n");
    }
  }

  private FullHttpResponse reply(Answer answer) {
    return switch (answer) {
      case Answer.Cosigned cosigned -> {
        StringBuilder lines = new StringBuilder();
        cosigned.signatures().stream().map(SignedNote.Signature::line).forEach(lines::append);
        log.accept("cosigned");
        yield reply(HttpResponseStatus.OK, lines.toString());
      }
      case Answer.OtherSize other -> {
        FullHttpResponse size = reply(HttpResponseStatus.CONFLICT, other.size() + "\n");
        size.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/x.tlog.size");
        yield size;
      }
      case Answer.Inconsistent inconsistent -> {
        log.accept("REFUSED: a checkpoint that does not extend the last one of its log");
        yield reply(
            HttpResponseStatus.UNPROCESSABLE_ENTITY,
            "the checkpoint does not extend the last one cosigned\n");
      }
      case Answer.UnknownLog unknown ->
          reply(HttpResponseStatus.NOT_FOUND, "this log is not witnessed\n");
      case Answer.NotSigned unsigned ->
          reply(HttpResponseStatus.FORBIDDEN, "no known key of this log signed the checkpoint\n");
      case Answer.Unreadable unreadable ->
          reply(HttpResponseStatus.BAD_REQUEST, unreadable.why() + "\n");
    };
  }

  private static FullHttpResponse reply(HttpResponseStatus status, String text) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, PLAIN)
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }

  /** A peer that goes, or sends what cannot be read, costs its connection only. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
