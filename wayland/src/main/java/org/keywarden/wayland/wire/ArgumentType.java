package org.keywarden.wayland.wire;

/** The types of arguments, by the letters that libwayland's signatures have for them. */
enum ArgumentType {
  INT('i'),
  UINT('u'),
  /** 24.8 bits, as its 32 bits. */
  FIXED('f'),
  STRING('s'),
  OBJECT('o'),
  NEW_ID('n'),
  ARRAY('a'),
  /** Travels beside the bytes; none of them is for it. */
  DESCRIPTOR('h');

  private final char letter;

  ArgumentType(char letter) {
    this.letter = letter;
  }

  static ArgumentType of(char letter) {
    for (ArgumentType each : values()) {
      if (each.letter == letter) {
        return each;
      }
    }
    throw new IllegalArgumentException("no type of argument has the letter " + letter);
  }
}
