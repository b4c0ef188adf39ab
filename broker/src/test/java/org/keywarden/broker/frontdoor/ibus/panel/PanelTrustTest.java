package org.keywarden.broker.frontdoor.ibus.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keywarden.broker.frontdoor.ibus.panel.PanelTrust.Verdict.NO;
import static org.keywarden.broker.frontdoor.ibus.panel.PanelTrust.Verdict.NOT_YET;
import static org.keywarden.broker.frontdoor.ibus.panel.PanelTrust.Verdict.YES;

import org.junit.jupiter.api.Test;
import org.keywarden.broker.budget.Holder.Kin;

/** Who may be the panel. */
final class PanelTrustTest {
  private static final String OURS = "/usr/libexec/ibus-ui-gtk3";
  private static final String SHELL = "/usr/bin/gnome-shell";

  private final PanelTrust trust = new PanelTrust();

  private static long process(long pid, long startTime) {
    return new Kin(pid, startTime).number();
  }

  @Test
  void theProcessThatTheBrokerHasStarted() {
    trust.started(process(70, 5));
    assertEquals(YES, trust.of(process(70, 5), OURS));
    assertEquals(NO, trust.of(process(71, 5), OURS));
  }

  @Test
  void noProcessThatHasItsPidAfterIt() {
    trust.started(process(70, 5));
    assertEquals(NO, trust.of(process(70, 6), OURS));
    trust.started(0);
    assertEquals(NO, trust.of(process(70, 5), OURS));
  }

  @Test
  void noProcessThatEndedBeforeAnyoneLooked() {
    trust.started(0);
    assertEquals(NO, trust.of(0, OURS));
  }

  @Test
  void gnomeShellIfTheNameAndTheProgramAreOneProcesss() {
    trust.shellIs(80);
    assertEquals(YES, trust.of(process(80, 5), SHELL));
    assertEquals(NO, trust.of(process(81, 5), SHELL));
    assertEquals(NO, trust.of(process(80, 5), "/home/me/gnome-shell"));
    assertEquals(NO, trust.of(process(80, 5), ""));
    trust.shellIs(0);
    assertEquals(NO, trust.of(process(80, 5), SHELL));
  }

  @Test
  void itIsWaitedForTheBusOnlyForTheShellsProgram() {
    assertEquals(NOT_YET, trust.of(process(80, 5), SHELL));
    assertEquals(NO, trust.of(process(80, 5), "/usr/bin/python3"));
  }
}
