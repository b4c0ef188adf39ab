package org.keywarden.trusted;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.trusted.v1.Answer;
import org.keywarden.proto.trusted.v1.KeyDelivery;
import org.keywarden.proto.trusted.v1.Ready;
import org.keywarden.proto.trusted.v1.SessionRequest;
import org.keywarden.proto.trusted.v1.SessionResponse;
import org.keywarden.proto.trusted.v1.TrustedKeyboardServiceGrpc;
import org.keywarden.trusted.xkb.XkbCompose;

/**
 * The process. Exit status: 0 the broker ended the session, 64 not started by a broker, 70 cannot
 * seclude itself.
 */
public final class TrustedKeyboard {
  private static final int MISUSED = 64;
  private static final int INSECURE = 70;

  private TrustedKeyboard() {}

  /** Runs until the broker ends the session. */
  public static void main(String[] arguments) throws InterruptedException {
    String socket = System.getenv("KEYWARDEN_SOCKET");
    if (socket == null) {
      System.err.println(
          "keywarden trusted keyboard: KEYWARDEN_SOCKET is not set; the broker starts this program");
      System.exit(MISUSED);
      return;
    }
    try {
      Seclusion.enter();
    } catch (IllegalStateException e) {
      System.err.println("keywarden trusted keyboard: " + e.getMessage());
      System.exit(INSECURE);
      return;
    }
    run(Path.of(socket), new KeyAnswers(sequences(locale(System.getenv()))));
  }

  private static ComposeSequences sequences(String locale) {
    return XkbCompose.open(locale)
        .orElseGet(
            () -> {
              System.err.println(
                  "keywarden trusted keyboard: no dead keys or Compose sequences for "
                      + locale
                      + "; install the Debian packages libxkbcommon0 and libx11-data");
              return ComposeSequences.none();
            });
  }

  /**
   * The first of LC_ALL, LC_CTYPE and LANG that is set (locale(7)); the C locale has no table, so
   * it counts as American English.
   */
  static String locale(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.equals("C") || value.equals("POSIX") || value.startsWith("C.")
            ? "en_US.UTF-8"
            : value;
      }
    }
    return "en_US.UTF-8";
  }

  /** Serves one session. */
  static void run(Path socket, KeyAnswers answers) throws InterruptedException {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
            .eventLoopGroup(loop)
            .overrideAuthority("keywarden")
            .usePlaintext()
            .directExecutor()
            .build();
    Session session = new Session(answers);
    session.open(TrustedKeyboardServiceGrpc.newStub(channel));
    session.ended.await();
    channel.shutdownNow();
    loop.shutdownGracefully();
  }

  private static final class Session implements StreamObserver<SessionResponse> {
    private final KeyAnswers answers;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable StreamObserver<SessionRequest> broker;

    Session(KeyAnswers answers) {
      this.answers = answers;
    }

    void open(TrustedKeyboardServiceGrpc.TrustedKeyboardServiceStub stub) {
      StreamObserver<SessionRequest> opened = stub.session(this);
      broker = opened;
      opened.onNext(SessionRequest.newBuilder().setReady(Ready.getDefaultInstance()).build());
    }

    @Override
    public void onNext(SessionResponse response) {
      switch (response.getMessageCase()) {
        case KEY -> answer(response.getKey());
        case FORGET -> answers.forget();
        case MESSAGE_NOT_SET -> {}
      }
    }

    private void answer(KeyDelivery delivery) {
      KeyAnswers.Answered answered = answers.answer(delivery.getKey());
      if (broker != null) {
        broker.onNext(
            SessionRequest.newBuilder()
                .setAnswer(
                    Answer.newBuilder()
                        .setSequence(delivery.getSequence())
                        .setHandled(answered.handled())
                        .setText(answered.text()))
                .build());
      }
    }

    @Override
    public void onError(Throwable error) {
      ended.countDown();
    }

    @Override
    public void onCompleted() {
      ended.countDown();
    }
  }
}
