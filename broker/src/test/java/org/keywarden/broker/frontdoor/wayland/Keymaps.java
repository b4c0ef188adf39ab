package org.keywarden.broker.frontdoor.wayland;

import java.nio.charset.StandardCharsets;

/** Keymaps as compositors send them. */
final class Keymaps {
  /** A few keys of a keyboard: Shift, a, k, Tab, Return. */
  static final byte[] SMALL = of("k");

  private Keymaps() {}

  /** One whose second letter is this. */
  static byte[] of(String letter) {
    return """
    xkb_keymap {
      xkb_keycodes {
        minimum = 8; maximum = 255;
        <TAB> = 23; <RTRN> = 36; <AC01> = 38; <AC08> = 45; <LFSH> = 50;
      };
      xkb_types {
        type "ONE_LEVEL" { modifiers = none; level_name[1] = "Any"; };
        type "ALPHABETIC" {
          modifiers = Shift + Lock;
          map[Shift] = 2; map[Lock] = 2;
          level_name[1] = "Base"; level_name[2] = "Caps";
        };
      };
      xkb_compat {
        interpret Shift_L { action = SetMods(modifiers = Shift); };
      };
      xkb_symbols {
        key <TAB> { type = "ONE_LEVEL", [ Tab ] };
        key <RTRN> { type = "ONE_LEVEL", [ Return ] };
        key <AC01> { type = "ALPHABETIC", [ a, A ] };
        key <AC08> { type = "ALPHABETIC", [ LETTER, K ] };
        key <LFSH> { type = "ONE_LEVEL", [ Shift_L ] };
        modifier_map Shift { <LFSH> };
      };
    };
    """
        .replace("LETTER", letter)
        .concat("\0")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
