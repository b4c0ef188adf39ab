package org.keywarden.cli.session;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.proto.admin.v1.FollowStatusRequest;
import org.keywarden.proto.admin.v1.FollowStatusResponse;

/** The status line by line, for as long as somebody reads; a broker that ends is waited for. */
final class FollowedStatus {
  /** Between two tries to reach a broker that is not there: nothing tells when it comes. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final AdminClient broker;
  private final Predicate<StatusLine> print;
  private @Nullable StatusLine last;

  /**
   * @param print takes a line, and says whether anybody reads on
   */
  FollowedStatus(AdminClient broker, Predicate<StatusLine> print) {
    this.broker = broker;
    this.print = print;
  }

  /**
   * Follows until nobody reads.
   *
   * @throws StatusRuntimeException if the broker refuses to be followed
   */
  void run() throws InterruptedException {
    boolean read = true;
    while (read) {
      try {
        read =
            broker.follow(
                stub -> follow(stub.followStatus(FollowStatusRequest.getDefaultInstance())));
      } catch (StatusRuntimeException ended) {
        if (ended.getStatus().getCode() != Status.Code.UNAVAILABLE) {
          throw ended;
        }
      }
      read = read && changed(StatusLine.STOPPED);
      if (read) {
        Thread.sleep(PAUSE);
      }
    }
  }

  private boolean follow(Iterator<FollowStatusResponse> changes) {
    while (changes.hasNext()) {
      if (!changed(StatusLine.of(changes.next().getStatus()))) {
        return false;
      }
    }
    return true;
  }

  private boolean changed(StatusLine now) {
    boolean same = now.equals(last);
    last = now;
    return same || print.test(now);
  }
}
