package org.keywarden.broker.frontdoor.ibus;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/**
 * The broker as a client of the session bus, where it owns IBus's name: without an owner GTK hands
 * no key to IBus. Nothing is served there.
 */
public final class SessionBus {
  private static final String DBUS_PATH = "/org/freedesktop/DBus";

  /** DBUS_NAME_FLAG_DO_NOT_QUEUE; others may not replace us. */
  private static final int DO_NOT_QUEUE = 4;

  private static final int PRIMARY_OWNER = 1;
  private static final int ALREADY_OWNER = 4;

  private final int uid;
  private final Consumer<String> report;
  private @Nullable Channel channel;

  /**
   * @param report takes a sentence for the user
   */
  public SessionBus(int uid, Consumer<String> report) {
    this.uid = uid;
    this.report = report;
  }

  /**
   * Connects and asks for the name; the address files must be written before.
   *
   * @param addresses value of {@code DBUS_SESSION_BUS_ADDRESS}, empty if unset
   */
  public void own(String addresses, EventLoopGroup loop) {
    DomainSocketAddress address = parse(addresses);
    if (address == null) {
      report.accept(
          addresses.isEmpty()
              ? "DBUS_SESSION_BUS_ADDRESS is not set: GTK 4, Firefox and Chromium will not use"
                  + " Keywarden; start within the session's bus (dbus-run-session makes one)"
              : "DBUS_SESSION_BUS_ADDRESS names no unix socket: " + addresses);
      return;
    }
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainSocketChannel.class)
            .handler(
                new ChannelInitializer<EpollDomainSocketChannel>() {
                  @Override
                  protected void initChannel(EpollDomainSocketChannel to) {
                    to.pipeline().addLast(new Conversation());
                  }
                })
            .connect(address);
    channel = connected.channel();
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            report.accept(
                "the session bus cannot be reached at " + addresses + ": " + done.cause());
          }
        });
  }

  /** The first unix socket among D-Bus addresses. */
  static @Nullable DomainSocketAddress parse(String addresses) {
    for (String each : addresses.split(";", -1)) {
      if (!each.startsWith("unix:")) {
        continue;
      }
      for (String part : each.substring(5).split(",", -1)) {
        if (part.startsWith("path=")) {
          return new DomainSocketAddress(part.substring(5));
        }
        if (part.startsWith("abstract=")) {
          return new DomainSocketAddress("\0" + part.substring(9));
        }
      }
    }
    return null;
  }

  /** Gives the name up. */
  public void close() {
    if (channel != null) {
      channel.close();
    }
  }

  private final class Conversation extends ByteToMessageDecoder {
    private final Map<Integer, String> asked = new HashMap<>();
    private boolean authenticated;
    private int serial;

    /** Of a message larger than any for us. */
    private long toSkip;

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
      super.channelActive(context);
      String hex =
          HexFormat.of().formatHex(Integer.toString(uid).getBytes(StandardCharsets.US_ASCII));
      write(context, "\0AUTH EXTERNAL " + hex + "\r\n");
    }

    private void write(ChannelHandlerContext context, String text) {
      context.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      try {
        if (authenticated) {
          message(in);
        } else {
          line(context, in);
        }
      } catch (Malformed e) {
        in.skipBytes(in.readableBytes());
        report.accept("the session bus does not speak D-Bus: " + e.getMessage());
        context.close();
      }
    }

    private void line(ChannelHandlerContext context, ByteBuf in) throws Malformed {
      int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
      if (end < 0) {
        return;
      }
      String line = in.readString(end - in.readerIndex(), StandardCharsets.US_ASCII);
      in.skipBytes(1);
      if (!line.startsWith("OK ")) {
        throw new Malformed("it refused to authenticate us");
      }
      authenticated = true;
      write(context, "BEGIN\r\n");
      call(context, "Hello");
      call(context, "RequestName", new Value.Str(BusObject.IBUS), new Value.UInt32(DO_NOT_QUEUE));
    }

    private void call(ChannelHandlerContext context, String member, Value... arguments) {
      asked.put(++serial, member);
      Message call =
          Message.call(BusObject.NAME, DBUS_PATH, BusObject.NAME, member, arguments)
              .numbered(serial);
      context.writeAndFlush(Unpooled.wrappedBuffer(MessageCodec.write(call)));
    }

    private void message(ByteBuf in) throws Malformed {
      if (toSkip > 0) {
        int now = (int) Math.min(toSkip, in.readableBytes());
        in.skipBytes(now);
        toSkip -= now;
        return;
      }
      if (in.readableBytes() < MessageCodec.PREFIX) {
        return;
      }
      long length = MessageCodec.announced(in.nioBuffer(in.readerIndex(), MessageCodec.PREFIX));
      if (length > MessageCodec.LARGEST) {
        toSkip = length;
      } else if (in.readableBytes() >= length) {
        read(in.readSlice((int) length));
      }
    }

    /** The bus itself is trusted; what it passes on of others is looked at no further. */
    private void read(ByteBuf bytes) {
      Message message;
      try {
        message = MessageCodec.read(bytes.nioBuffer());
      } catch (Malformed ofAnotherClient) {
        // Nothing that the bus itself says to us: it is none of our business.
        return;
      }
      if (BusObject.NAME.equals(message.sender())) {
        receive(message);
      }
    }

    private void receive(Message message) {
      String to = asked.remove(message.replySerial());
      if (message.kind() == Message.Kind.SIGNAL) {
        if ("NameLost".equals(message.member())
            && message.body().equals(List.of(new Value.Str(BusObject.IBUS)))) {
          report.accept(
              BusObject.IBUS
                  + " on the session bus was taken from Keywarden; applications started"
                  + " from now on may bypass it");
        }
      } else if ("RequestName".equals(to)) {
        named(message);
      } else if (message.kind() == Message.Kind.ERROR && to != null) {
        report.accept("the session bus refused " + to + ": " + message.errorName());
      }
    }

    private void named(Message answer) {
      boolean ours =
          !answer.body().isEmpty()
              && answer.body().getFirst() instanceof Value.UInt32 code
              && (code.value() == PRIMARY_OWNER || code.value() == ALREADY_OWNER);
      report.accept(
          ours
              ? "applications of this session type through Keywarden"
              : "another program owns "
                  + BusObject.IBUS
                  + " on the session bus (ibus-daemon or fcitx5?); end it, then start again");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      report.accept("the session bus is lost: " + cause);
      context.close();
    }
  }
}
