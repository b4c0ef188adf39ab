package org.keywarden.broker.frontdoor.wayland;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.KeyAction;
import org.keywarden.broker.seat.SeatEvent;

/** The keyboard: whose its keys are, and what becomes of them. */
final class GrabbedKeysTest {
  @Test
  void theKeyboardIsGrabbedWhileATextInputIsActive() {
    WaylandScene scene = new WaylandScene();
    scene.method.batchEnded();
    assertEquals(List.of(), scene.compositor.asked());
    scene.activate(0, 0);
    scene.method.batchEnded();
    scene.deactivate();
    scene.activate(0, 0);
    scene.method.batchEnded();
    assertEquals(List.of("grab"), scene.compositor.asked(), "another one follows at once");
    scene.deactivate();
    scene.method.batchEnded();
    assertEquals(List.of("release"), scene.compositor.asked());
  }

  @Test
  void keysAreDecodedByTheKeymapAndTheModifiers() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.press(WaylandScene.A);
    assertEquals(new Key('a', WaylandScene.A + 8, 0, KeyAction.PRESS), typed(scene));
    scene.method.modifiers(new Modifiers(1, 0, 0, 0));
    scene.release(WaylandScene.A);
    assertEquals(new Key('A', WaylandScene.A + 8, 1, KeyAction.RELEASE), typed(scene));
    scene.press(99);
    assertEquals(new Key(0xFFFFFF, 107, 1, KeyAction.PRESS), typed(scene), "no keysym");
  }

  private static Key typed(WaylandScene scene) {
    return ((SeatEvent.KeyTyped) scene.last(SeatEvent.KeyTyped.class)).key();
  }

  @Test
  void whatNobodyUsedGoesOnWithItsModifiers() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.method.modifiers(new Modifiers(1, 0, 0, 0));
    scene.press(WaylandScene.A);
    scene.answer(false);
    scene.release(WaylandScene.A);
    scene.answer(false);
    assertEquals(List.of("modifiers 1", "down 30", "up 30"), scene.compositor.asked());
  }

  @Test
  void whatWasUsedDoesNot() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.press(WaylandScene.A);
    scene.answer(true);
    scene.release(WaylandScene.A);
    scene.answer(false);
    assertEquals(List.of(), scene.compositor.asked());
  }

  @Test
  void whatAnApplicationTakesToBeHeldDownEnds() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.press(WaylandScene.A);
    scene.answer(false);
    scene.release(WaylandScene.A);
    scene.answer(true);
    assertEquals(List.of("down 30", "up 30"), scene.compositor.asked());
    scene.press(WaylandScene.TAB);
    scene.answer(false);
    scene.deactivate();
    scene.method.batchEnded();
    assertEquals(List.of("down 15", "up 15", "release"), scene.compositor.asked());
  }

  @Test
  void aKeyOnItsWayWhenTheKeyboardIsGivenBackIsNotHeldDown() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.deactivate();
    scene.method.batchEnded();
    scene.press(WaylandScene.A);
    assertEquals(List.of("release", "down 30", "up 30"), scene.compositor.asked());
  }

  @Test
  void theSameKeymapIsNotSetAgain() throws Exception {
    WaylandScene scene = new WaylandScene();
    scene.activate(0, 0);
    scene.keymap(Keymaps.SMALL);
    scene.keymap(Keymaps.SMALL);
    assertEquals(List.of("keymap " + Keymaps.SMALL.length), scene.compositor.asked());
    byte[] other = Keymaps.of("x");
    scene.keymap(other);
    assertEquals(List.of("keymap " + other.length), scene.compositor.asked());
  }

  @Test
  void withoutAKeymapTheCompositorKeepsTheKeys() throws Exception {
    for (byte[] none :
        List.of(
            new byte[] {0},
            "xkb_keymap { nonsense".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            new byte[70_000])) {
      WaylandScene scene = new WaylandScene();
      scene.activate(0, 0);
      scene.method.batchEnded();
      scene.keymap(none);
      scene.method.batchEnded();
      assertEquals(List.of("grab", "release"), scene.compositor.asked());
      scene.press(WaylandScene.A);
      assertEquals(List.of(), scene.compositor.asked(), "a keyboard without keymap has no keys");
      scene.activate(0, 0);
      scene.method.batchEnded();
      assertEquals(List.of("grab"), scene.compositor.asked(), "the next stay tries again");
    }
  }

  @Test
  void aDescriptorThatIsNoKeymapIsRefused() throws Exception {
    WaylandScene scene = new WaylandScene();
    scene.activate(0, 0);
    scene.method.batchEnded();
    scene.method.keymap(1, DescriptorFiles.pipe(), 100);
    scene.method.batchEnded();
    assertEquals(List.of("grab", "release"), scene.compositor.asked());
  }

  @Test
  void aKeymapOfAGigabyteIsNotRead() throws Exception {
    for (int size : new int[] {1 << 30, -1, 0, KeymapReader.LONGEST + 1}) {
      WaylandScene scene = new WaylandScene();
      scene.activate(0, 0);
      scene.method.batchEnded();
      scene.method.keymap(1, DescriptorFiles.of(Keymaps.SMALL), size);
      scene.method.batchEnded();
      assertEquals(List.of("grab", "release"), scene.compositor.asked());
      assertFalse(scene.compositor.paused);
    }
  }

  @Test
  void aKeymapOfAMegabyteIsTheLongest() throws Exception {
    for (int over : new int[] {0, 1}) {
      byte[] padded = new byte[KeymapReader.LONGEST + over];
      Arrays.fill(padded, (byte) ' ');
      System.arraycopy(Keymaps.SMALL, 0, padded, 0, Keymaps.SMALL.length - 1);
      WaylandScene scene = new WaylandScene();
      scene.activate(0, 0);
      scene.keymap(padded);
      assertEquals(
          over == 0 ? List.of("keymap " + padded.length) : List.of(), scene.compositor.asked());
    }
  }

  @Test
  void aKeymapMayNotIncludeFiles() {
    byte[] includes =
        "xkb_keymap { xkb_keycodes { include \"evdev\" }; xkb_types { include \"complete\" };"
            .concat(" xkb_compat { include \"complete\" }; xkb_symbols { include \"pc+us\" }; };\0")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertTrue(WaylandScene.read(includes).isEmpty());
    assertTrue(WaylandScene.read(Keymaps.SMALL).isPresent());
  }

  // Repeat.

  @Test
  void aKeyThatIsUsedRepeatsUntilItIsLetGo() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.method.repeatInfo(50, 300);
    scene.press(WaylandScene.A);
    assertEquals(300_000_000L, scene.alarms.getLast().delay());
    scene.ring();
    assertEquals(KeyAction.PRESS, typed(scene).action(), "its press has no answer yet");
    scene.answer(true);
    assertEquals(20_000_000L, scene.alarms.getLast().delay());
    scene.ring();
    assertEquals(KeyAction.REPEAT, typed(scene).action());
    scene.answer(true);
    scene.release(WaylandScene.A);
    assertEquals(List.of(), scene.alarms);
  }

  @Test
  void anApplicationRepeatsWhatItGotByItself() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.press(WaylandScene.A);
    scene.answer(false);
    assertEquals(List.of(), scene.alarms);
  }

  @Test
  void noCompositorMakesTheSeatBusyByRepeats() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.method.repeatInfo(Integer.MAX_VALUE, Integer.MIN_VALUE);
    scene.press(WaylandScene.A);
    scene.ring();
    assertEquals(10_000_000L, scene.alarms.getLast().delay());
    scene.method.repeatInfo(0, 0);
    assertEquals(List.of(), scene.alarms);
  }

  @Test
  void noKeyRepeatsIntoTheNextField() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.press(WaylandScene.A);
    scene.activate(0, 0);
    assertEquals(List.of(), scene.alarms);
  }
}
