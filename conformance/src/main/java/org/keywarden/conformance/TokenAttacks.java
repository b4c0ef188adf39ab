package org.keywarden.conformance;

import java.util.Arrays;
import java.util.List;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.Right;

/** Attacks on the token and its proof of possession. */
final class TokenAttacks {
  private static final int KEY_ID_AT = 1;
  private static final int CLAIMS_AT = 11;

  private TokenAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G1",
            "forged signature",
            "One bit of the signature flipped: TOKEN_SIGNATURE_INVALID.",
            f -> altered(f, token -> flip(token, token.length - 1), "TOKEN_SIGNATURE_INVALID")),
        Attack.of(
            "G1",
            "unknown signing key",
            "The id of a key the broker does not have: TOKEN_KEY_UNKNOWN.",
            f -> altered(f, token -> flip(token, KEY_ID_AT), "TOKEN_KEY_UNKNOWN")),
        Attack.of(
            "G1",
            "altered claim",
            "One bit of the first claim's content flipped: TOKEN_SIGNATURE_INVALID.",
            f -> altered(f, token -> flip(token, CLAIMS_AT + 2), "TOKEN_SIGNATURE_INVALID")),
        Attack.of(
            "G1",
            "other token version",
            "A version byte that would choose another algorithm: TOKEN_MALFORMED.",
            f -> altered(f, token -> flip(token, 0), "TOKEN_MALFORMED")),
        Attack.of(
            "G1",
            "trailing bytes",
            "One byte after the signature: TOKEN_MALFORMED.",
            f -> altered(f, token -> Arrays.copyOf(token, token.length + 1), "TOKEN_MALFORMED")),
        Attack.of(
            "G1",
            "truncated token",
            "The last byte missing: TOKEN_MALFORMED.",
            f -> altered(f, token -> Arrays.copyOf(token, token.length - 1), "TOKEN_MALFORMED")),
        Attack.of(
            "G1",
            "no token",
            "Compose without a token: TOKEN_MISSING.",
            f -> altered(f, token -> new byte[0], "TOKEN_MISSING")),
        Attack.of(
            "G1",
            "no proof",
            "A token without proof of possession: TOKEN_MISSING.",
            f -> presented(f, "missing", "same", "TOKEN_MISSING")),
        Attack.of(
            "G1",
            "proof by another key",
            "A proof by a key the token does not name: POSSESSION_UNPROVEN.",
            f -> presented(f, "stranger", "same", "POSSESSION_UNPROVEN")),
        Attack.of(
            "G1",
            "token copied to another connection",
            "The token and an honest proof on a second connection: TOKEN_SIGNATURE_INVALID.",
            f -> presented(f, "honest", "new", "TOKEN_SIGNATURE_INVALID")),
        Attack.of(
            "G1",
            "token and proof copied to another connection",
            "The first connection's proof on a second one: TOKEN_SIGNATURE_INVALID.",
            f -> presented(f, "copied", "new", "TOKEN_SIGNATURE_INVALID")),
        Attack.of(
            "G1",
            "another instance's token",
            "The other plugin presents a stolen token: TOKEN_SIGNATURE_INVALID.",
            TokenAttacks::stolen),
        Attack.of(
            "G2",
            "replay after revoke",
            "A token of a field that lost focus: GRANT_NOT_LIVE.",
            TokenAttacks::replayed),
        Attack.of(
            "G1",
            "another field's token",
            "The first field's token while a second has focus: GRANT_NOT_LIVE.",
            TokenAttacks::otherField),
        Attack.of(
            "G2",
            "replay after expiry",
            "A token of one second, presented when that is over: TOKEN_EXPIRED.",
            TokenAttacks::expired),
        Attack.of(
            "G1",
            "derive more than held",
            "A child with the right to commit, which its parent lacks: DERIVATION_REFUSED.",
            TokenAttacks::derivedMore),
        Attack.of(
            "G1",
            "derive a second key owner",
            "A child that receives keys: DERIVATION_REFUSED.",
            TokenAttacks::derivedKeys),
        Attack.of(
            "G1",
            "derive for the same holder",
            "A child for the key that holds the parent: DERIVATION_REFUSED.",
            TokenAttacks::derivedForItself),
        Attack.of(
            "G1",
            "register as another plugin",
            "A second registration, under the other plugin's id: refused.",
            f -> registered(f, f.b().id(), "honest")),
        Attack.of(
            "G1",
            "register with another key's proof",
            "A second registration, its key not held: refused.",
            f -> registered(f, f.a().id(), "stranger")));
  }

  private interface Change {
    byte[] to(byte[] token);
  }

  private static byte[] flip(byte[] token, int at) {
    byte[] flipped = token.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  /** Presents a changed token while the honest one is offered and not yet used. */
  private static Outcome altered(Fixture f, Change change, String reason) throws Unsettled {
    byte[] token = offered(f);
    return Outcome.expect("refused", reason, f.a().present(change.to(token), "honest", "same"))
        .and(nothingSeen(f));
  }

  private static Outcome presented(Fixture f, String proof, String connection, String reason)
      throws Unsettled {
    byte[] token = offered(f);
    return Outcome.expect("refused", reason, f.a().present(token, proof, connection))
        .and(nothingSeen(f));
  }

  private static byte[] offered(Fixture f) throws Unsettled {
    f.a().behave(false, "pass", "");
    Application application = f.application("kit");
    application.open(1);
    application.focus(1, Application.plain());
    byte[] token = f.a().awaitToken(1);
    application.type(1, "x");
    return token;
  }

  private static Outcome nothingSeen(Fixture f) throws Unsettled {
    return Outcome.expect("keys seen", List.of(), f.a().keysyms());
  }

  private static Outcome stolen(Fixture f) throws Unsettled {
    byte[] token = offered(f);
    return Outcome.expect(
            "refused", "TOKEN_SIGNATURE_INVALID", f.b().present(token, "honest", "same"))
        .and(Outcome.expect("keys seen", List.of(), f.b().keysyms()));
  }

  private static Outcome replayed(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    live.end();
    return Outcome.expect(
        "refused", "GRANT_NOT_LIVE", f.a().present(live.token(), "honest", "same"));
  }

  private static Outcome otherField(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    live.application().focus(2, Application.plain());
    f.a().awaitToken(2);
    live.application().awaitRoute(Route.ROUTE_COMPOSING);
    return Outcome.expect(
        "refused", "GRANT_NOT_LIVE", f.a().present(live.token(), "honest", "same"));
  }

  private static Outcome expired(Fixture f) throws Unsettled {
    Fixture.Live live = f.live("short");
    live.end();
    Await.until(
        "expiry of the token",
        Await.PATIENCE,
        () -> f.a().present(live.token(), "honest", "same").equals("TOKEN_EXPIRED"),
        () -> "still within its time");
    return Outcome.of(true, "TOKEN_EXPIRED after its second, never opened");
  }

  private static Outcome derivedMore(Fixture f) throws Unsettled {
    Fixture.Live live = f.live("mute");
    return Outcome.expect(
        "refused", "DERIVATION_REFUSED", f.a().derive(live.token(), 500, Right.RIGHT_COMMIT_TEXT));
  }

  private static Outcome derivedKeys(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    return Outcome.expect(
        "refused", "DERIVATION_REFUSED", f.a().derive(live.token(), 500, Right.RIGHT_RECEIVE_KEYS));
  }

  private static Outcome derivedForItself(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    return Outcome.expect(
        "refused",
        "DERIVATION_REFUSED",
        f.a().derive(live.token(), "same", 500, Right.RIGHT_SET_PREEDIT));
  }

  private static Outcome registered(Fixture f, String id, String proof) throws Unsettled {
    String standing = f.a().register(id, proof);
    boolean refused =
        List.of("ALREADY_REGISTERED", "PEER_NOT_ALLOWED", "POSSESSION_UNPROVEN").contains(standing);
    Outcome first = Outcome.of(refused, "second registration: " + standing);
    f.live();
    return first.and(Outcome.of(true, "the honest session composes on"));
  }
}
