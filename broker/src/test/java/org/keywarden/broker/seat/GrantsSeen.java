package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.SeatOracle.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Token;
import org.keywarden.policy.Right;

/** The grants of a seat and their tokens, as seen from outside. */
final class GrantsSeen {
  /** One grant. */
  static final class Seen {
    final TokenRequest request;
    boolean accepted;
    boolean revoked;
    boolean closed;
    long expiresAt;

    Seen(TokenRequest request) {
      this.request = request;
      expiresAt = request.expiresAt();
    }
  }

  private final Map<Long, Seen> grants = new HashMap<>();
  private final Map<Long, TokenRequest> issued = new HashMap<>();
  private final Set<Long> recorded = new HashSet<>();

  /** Tokens whose records are durable, with the grants they are of. */
  private final Map<Token, Long> released = new HashMap<>();

  private long closedAndForgotten;

  /** How many are not closed. */
  int open() {
    int open = 0;
    for (Seen grant : grants.values()) {
      if (!grant.closed) {
        open++;
      }
    }
    return open;
  }

  @Nullable Seen find(long number) {
    return grants.get(number);
  }

  boolean isRecorded(Seen grant) {
    return recorded.contains(grant.request.issue());
  }

  void take(SeatEvent.TokenRecorded event) {
    recorded.add(event.issue());
    if (issued.get(event.issue()) instanceof TokenRequest request) {
      released.put(event.token(), request.grant());
    }
  }

  void take(SeatEvent.RenewalPresented event) {
    Seen grant = grants.get(event.capability().claims().grant());
    if (grant != null) {
      grant.expiresAt = Math.max(grant.expiresAt, event.capability().claims().expiresAt());
    }
  }

  void judgeRelease(Token token, long grant) {
    check(Objects.equals(released.get(token), grant), "G6 logged before use");
  }

  void accept(long number) {
    Seen grant = grants.get(number);
    check(grant != null && !grant.accepted && !grant.revoked, "G2 a grant is accepted once");
    if (grant != null) {
      check(isRecorded(grant), "G6 logged before use");
      grant.accepted = true;
    }
  }

  void revoke(long number) {
    Seen grant = grants.get(number);
    check(grant != null && !grant.revoked, "G2 a grant is revoked once");
    if (grant != null) {
      grant.revoked = true;
    }
  }

  void judge(RecordEffect effect) {
    switch (effect) {
      case RecordEffect.IssueToken e -> {
        TokenRequest request = e.request();
        check(issued.put(request.issue(), request) == null, "G6 issues are not reused");
        if (!request.renewal()) {
          check(
              grants.put(request.grant(), new Seen(request)) == null,
              "G6 grants are numbered once");
          check(
              request.grant() == grants.size() + closedAndForgotten,
              "G6 grant numbers are consecutive");
          judgeDerived(request);
        }
      }
      case RecordEffect.CloseGrant e -> {
        Seen grant = grants.get(e.grant());
        check(grant != null && !grant.closed, "G6 each grant is closed once");
        if (grant != null) {
          grant.closed = true;
        }
      }
      case RecordEffect.RecordRefusal e -> {}
      case RecordEffect.WithholdGrant e -> {}
    }
  }

  private void judgeDerived(TokenRequest child) {
    if (child.parent() == 0) {
      return;
    }
    Seen of = grants.get(child.parent());
    check(of != null && !of.closed, "G1 a child's parent is not closed");
    if (of != null) {
      TokenRequest parent = of.request;
      check(
          parent.rights().containsAll(child.rights())
              && child.rights().stream().noneMatch(Right::bringsKeys),
          "G1 a child has fewer rights");
      check(child.expiresAt() <= of.expiresAt, "G1 a child ends no later than its parent");
      check(!child.holder().equals(parent.holder()), "G1 a child has a holder of its own");
      check(
          child.notBeforeSequence() == parent.notBeforeSequence(),
          "G1 a child covers the keys its parent does");
      check(
          child.epoch() == parent.epoch()
              && child.focusSession() == parent.focusSession()
              && child.instance().equals(parent.instance())
              && child.application().equals(parent.application()),
          "G1 a child is of its parent's focus and instance");
    }
  }

  /** Forgets closed grants, to keep memory flat over long runs. */
  void forgetClosed() {
    List<Long> closed = new ArrayList<>();
    grants.forEach(
        (number, grant) -> {
          if (grant.closed) {
            closed.add(number);
          }
        });
    closed.forEach(grants::remove);
    closedAndForgotten += closed.size();
    issued.keySet().removeAll(recorded);
  }
}
