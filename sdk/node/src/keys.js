/** X11 keysyms that input methods look for (X11/keysymdef.h). Letters are their own Latin-1 code. */
export const Keysym = Object.freeze({
  SPACE: 0x20,
  BACKSPACE: 0xff08,
  TAB: 0xff09,
  RETURN: 0xff0d,
  ESCAPE: 0xff1b,
  HOME: 0xff50,
  LEFT: 0xff51,
  UP: 0xff52,
  RIGHT: 0xff53,
  DOWN: 0xff54,
  PAGE_UP: 0xff55,
  PAGE_DOWN: 0xff56,
  END: 0xff57,
  KEYPAD_ENTER: 0xff8d,
  DELETE: 0xffff,
});

const UNICODE = 0x0100_0000;

/** One change of one key. `kind` is `press`, `repeat` or `release`. */
export class Key {
  constructor(keysym, keycode = 0, modifiers = 0, kind = 'press') {
    Object.assign(this, { keysym, keycode, modifiers, kind });
    Object.freeze(this);
  }

  /** A press without modifiers, for tests: a keysym, or the character it types. */
  static press(key) {
    const point = typeof key === 'string' ? key.codePointAt(0) : undefined;
    return new Key(point === undefined ? key : point < 0x100 ? point : UNICODE + point);
  }

  get isPressed() {
    return this.kind !== 'release';
  }

  get hasShift() {
    return (this.modifiers & 1) !== 0;
  }

  /** Whether Control, Alt or Super is held: a shortcut of the application, as a rule. */
  get isChord() {
    return (this.modifiers & (4 | 8 | 64)) !== 0;
  }

  /** Whether the key is itself a modifier: it types nothing and should change nothing. */
  get isModifier() {
    const { keysym } = this;
    return (
      (keysym >= 0xffe1 && keysym <= 0xffee) ||
      (keysym >= 0xfe01 && keysym <= 0xfe13) ||
      keysym === 0xff7e ||
      keysym === 0xff7f
    );
  }

  /** The character the key types, empty if none. */
  get text() {
    const { keysym } = this;
    if ((keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff)) {
      return String.fromCodePoint(keysym);
    }
    if ((keysym >= 0xffaa && keysym <= 0xffb9) || keysym === 0xffbd) {
      return String.fromCodePoint(keysym - 0xff80);
    }
    const point = keysym - UNICODE;
    return point >= 0x100 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
      ? String.fromCodePoint(point)
      : '';
  }
}
