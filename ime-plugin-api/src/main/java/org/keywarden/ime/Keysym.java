package org.keywarden.ime;

/**
 * X11 keysyms that input methods look for (X11/keysymdef.h). Letters are their own Latin-1 code.
 */
public final class Keysym {
  public static final int SPACE = 0x20;
  public static final int BACKSPACE = 0xFF08;
  public static final int TAB = 0xFF09;
  public static final int RETURN = 0xFF0D;
  public static final int ESCAPE = 0xFF1B;
  public static final int MUHENKAN = 0xFF22;
  public static final int HENKAN = 0xFF23;
  public static final int HIRAGANA_KATAKANA = 0xFF27;
  public static final int ZENKAKU_HANKAKU = 0xFF2A;
  public static final int HOME = 0xFF50;
  public static final int LEFT = 0xFF51;
  public static final int UP = 0xFF52;
  public static final int RIGHT = 0xFF53;
  public static final int DOWN = 0xFF54;
  public static final int PAGE_UP = 0xFF55;
  public static final int PAGE_DOWN = 0xFF56;
  public static final int END = 0xFF57;
  public static final int KEYPAD_ENTER = 0xFF8D;
  public static final int F1 = 0xFFBE;
  public static final int F6 = 0xFFC3;
  public static final int F7 = 0xFFC4;
  public static final int F8 = 0xFFC5;
  public static final int F9 = 0xFFC6;
  public static final int F10 = 0xFFC7;
  public static final int DELETE = 0xFFFF;

  private static final int FIRST_MODIFIER = 0xFFE1;
  private static final int LAST_MODIFIER = 0xFFEE;
  private static final int FIRST_ISO_MODIFIER = 0xFE01;
  private static final int LAST_ISO_MODIFIER = 0xFE13;
  private static final int MODE_SWITCH = 0xFF7E;
  private static final int NUM_LOCK = 0xFF7F;

  private Keysym() {}

  /** Shift to Hyper, the ISO level and group shifts, Mode_switch, Num_Lock. */
  static boolean isModifier(int keysym) {
    return (keysym >= FIRST_MODIFIER && keysym <= LAST_MODIFIER)
        || (keysym >= FIRST_ISO_MODIFIER && keysym <= LAST_ISO_MODIFIER)
        || keysym == MODE_SWITCH
        || keysym == NUM_LOCK;
  }
}
