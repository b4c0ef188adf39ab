package org.keywarden.broker.admin;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.admin.v1.FollowStatusResponse;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/**
 * Tools that are told of each change of the status. None is sent more than it reads: it misses what
 * was so in between, and learns what is so when it reads on. Thread: the seat's.
 */
public final class StatusFollowers {
  static final int MOST = 8;

  private final Supplier<GetStatusResponse> status;
  private final List<Follower> followers = new ArrayList<>();

  /** One call, and what it was last sent. */
  private static final class Follower {
    private final ServerCallStreamObserver<FollowStatusResponse> call;
    private @Nullable GetStatusResponse last;

    Follower(ServerCallStreamObserver<FollowStatusResponse> call) {
      this.call = call;
    }

    void tell(GetStatusResponse now) {
      if (!now.equals(last) && call.isReady()) {
        last = now;
        call.onNext(FollowStatusResponse.newBuilder().setStatus(now).build());
      }
    }
  }

  public StatusFollowers(StatusAnswer answer) {
    this(answer::now);
  }

  StatusFollowers(Supplier<GetStatusResponse> status) {
    this.status = status;
  }

  void add(ServerCallStreamObserver<FollowStatusResponse> call) {
    if (followers.size() >= MOST) {
      call.onError(Refusals.of(Reason.REASON_FLOODING, MOST + " tools follow the status already"));
      return;
    }
    Follower follower = new Follower(call);
    followers.add(follower);
    call.setOnCancelHandler(() -> followers.remove(follower));
    call.setOnReadyHandler(() -> follower.tell(status.get()));
    follower.tell(status.get());
  }

  /** Something may have changed. */
  public void look() {
    if (!followers.isEmpty()) {
      GetStatusResponse now = status.get();
      List.copyOf(followers).forEach(each -> each.tell(now));
    }
  }
}
