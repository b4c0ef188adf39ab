package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.broker.frontdoor.ibus.context.ClientKind;
import org.keywarden.broker.frontdoor.ibus.context.ContextCalls;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SecretBy;

/**
 * What Firefox 153 sends, as captured between it and the door: a context for each window, which
 * says at its focus what it last said.
 */
final class LateAnnouncerTest {
  private static final int FIREFOX = 169;
  private static final int WITHOUT_TEXT = 137;
  private static final String MASKED = "●●●";

  private final Fixture fixture = new Fixture();
  private final Fixture.App app = fixture.app();

  private String window() {
    return window(FIREFOX);
  }

  private String window(int capabilities) {
    String context = app.create("gtk3-im:firefox-esr");
    app.capabilities(context, capabilities);
    return context;
  }

  /** The focus comes, from elsewhere or from another field. */
  private void focus(String context, int purpose) {
    app.type(context, purpose, 0);
    app.on(context, "FocusIn");
  }

  /** The focus moves within a window that has it to a field of another kind. */
  private void move(String context, int purpose) {
    app.on(context, "FocusOut");
    app.type(context, purpose, 0);
    focus(context, purpose);
  }

  private SeatEvent.FocusGained gained() {
    return fixture.seen(SeatEvent.FocusGained.class).getLast();
  }

  private SeatEvent.FieldOpened opened() {
    return fixture.seen(SeatEvent.FieldOpened.class).getLast();
  }

  private void assertUnannounced() {
    assertNull(gained().type());
    assertEquals(gained().field(), opened().field());
    assertFalse(opened().traits().announces());
    assertFalse(toldSinceOpened());
  }

  private boolean toldSinceOpened() {
    return fixture.seen(SeatEvent.ContentTypeChanged.class).stream()
        .anyMatch(told -> told.field().equals(opened().field()));
  }

  @Test
  void theFirstFieldOfAWindowIsUnannounced() {
    focus(window(), 0);
    assertUnannounced();
  }

  @Test
  void itStaysSoWhenTheWindowComesBack() {
    String window = window();
    focus(window, 0);
    app.on(window, "FocusOut");
    focus(window, 0);
    assertUnannounced();
  }

  @Test
  void aTypeThatDiffersIsOfTheFieldInFocus() {
    String window = window();
    focus(window, 0);
    move(window, 6);
    assertNotNull(gained().type());
    move(window, 0);
    assertNotNull(gained().type());
    app.on(window, "FocusOut");
    focus(window, 0);
    assertNotNull(gained().type());
  }

  @Test
  void whatOneWindowShowedIsNotShownByAnother() {
    String first = window();
    focus(first, 0);
    move(first, 8);
    move(first, 0);
    assertNotNull(gained().type());
    app.on(first, "FocusOut");
    String second = window();
    focus(second, 0);
    assertUnannounced();
    app.on(second, "FocusOut");
    focus(first, 0);
    assertUnannounced();
  }

  @Test
  void secretIsBelievedAlways() {
    String first = window();
    focus(first, 8);
    app.on(first, "FocusOut");
    String second = window();
    focus(second, 0);
    app.on(second, "FocusOut");
    focus(first, 8);
    assertTrue(gained().type() != null && gained().type().secret());
  }

  @Test
  void textThatCanBeReadShowsAnOrdinaryField() {
    String window = window();
    focus(window, 0);
    app.surrounding(window, "");
    app.surrounding(window, "-");
    assertFalse(toldSinceOpened());
    app.surrounding(window, "-k");
    assertTrue(toldSinceOpened());
    app.on(window, "FocusOut");
    focus(window, 0);
    assertNotNull(gained().type());
  }

  @Test
  void textThatIsMaskedShowsAPasswordAndGoesNowhere() {
    String window = window();
    focus(window, 0);
    app.surrounding(window, MASKED);
    assertEquals(
        new SeatEvent.SecrecyMarked(opened().field(), SecretBy.MASKED_TEXT, true),
        fixture.seen(SeatEvent.SecrecyMarked.class).getLast());
    assertEquals(List.of(), fixture.seen(SeatEvent.SurroundingChanged.class));
    app.on(window, "FocusOut");
    focus(window, 0);
    assertUnannounced();
  }

  @Test
  void textIsAskedForWhereItCanBeHad() {
    focus(window(WITHOUT_TEXT), 0);
    assertFalse(asked());
    focus(window(), 0);
    assertTrue(asked());
  }

  private boolean asked() {
    return app.received.stream().anyMatch(m -> "RequireSurroundingText".equals(m.member()));
  }

  /** The signals that the window got since the last call, in order. */
  private List<String> signals() {
    List<String> members =
        app.received.stream()
            .filter(message -> ContextCalls.INTERFACE.equals(message.interfaceName()))
            .map(message -> String.valueOf(message.member()))
            .toList();
    app.received.clear();
    return members;
  }

  private void composing(boolean readsText) {
    app.apply(new HostEffect.RouteChanged(opened().field(), Route.COMPOSING, readsText));
  }

  /**
   * The first text that it cannot tell, in ibus-gtk3 1.5.27-5 of Debian, is the last it is asked
   * for, and the broker that comes next is told that it has none.
   */
  @Test
  void itIsAskedForNoTextThatNobodyReads() {
    String window = window();
    focus(window, 0);
    app.surrounding(window, "k");
    assertEquals(List.of("RequireSurroundingText"), signals());
    composing(false);
    assertEquals(List.of("Enabled"), signals());
    composing(false);
    assertEquals(List.of(), signals());
    composing(true);
    assertEquals(List.of("RequireSurroundingText"), signals());
  }

  @Test
  void itIsAskedAgainOnceItIsInDoubtAgain() {
    String window = window();
    focus(window, 0);
    app.surrounding(window, "k");
    composing(false);
    focus(window(), 0);
    signals();
    focus(window, 0);
    assertEquals(List.of("RequireSurroundingText"), signals());
  }

  /** It learns only later what the text has become, and cannot tell it until then. */
  @ParameterizedTest
  @ValueSource(strings = {"", "k"})
  void itIsNotAskedWhileItTakesText(String before) {
    String window = window();
    focus(window, 0);
    app.surrounding(window, before);
    if (!before.isEmpty()) {
      composing(true);
    }
    signals();
    app.apply(new HostEffect.EditField(opened().field(), new Edit.Insert("か")));
    assertEquals(List.of("Enabled", "CommitText", "RequireSurroundingText"), signals());
  }

  @Test
  void othersAreAskedForTheirTextAsBefore() {
    String context = app.create("gtk3-im:gedit");
    app.capabilities(context, FIREFOX);
    focus(context, 0);
    composing(false);
    app.apply(new HostEffect.EditField(opened().field(), new Edit.Insert("か")));
    assertEquals(List.of("RequireSurroundingText", "CommitText"), signals());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/lib/firefox-esr/firefox-esr",
        "/usr/lib/firefox/firefox (deleted)",
        "/opt/Thunderbird/thunderbird-bin",
        "/usr/bin/LibreWolf"
      })
  void theyAreKnownByTheirPrograms(String executable) {
    assertTrue(ClientKind.of("gtk3-im:x", executable).late());
  }

  @Test
  void theyAreKnownByTheirNamesBehindAProxy() {
    assertTrue(ClientKind.of("gtk3-im:firefox", "/usr/bin/xdg-dbus-proxy").late());
    assertTrue(ClientKind.of("gtk3-im:firefox", "").late());
    assertFalse(ClientKind.of("gtk3-im:gedit", "/usr/bin/gedit").late());
  }
}
