import { Keysym, handled, notHandled, run } from 'keywarden-ime';
import { Word } from './telex.js';

/** A composition of Vietnamese; what ends a word goes to the application after it. */
export function begin() {
  let word = new Word();
  const become = (next) => {
    word = next;
    return handled().preedit(word.toString());
  };
  return {
    onKey(key) {
      if (key.isModifier || !key.isPressed) {
        return notHandled();
      }
      if (!key.isChord && /^[a-zA-Z]$/.test(key.text)) {
        return become(word.type(key.text));
      }
      if (word.isEmpty) {
        return notHandled();
      }
      if (key.keysym === Keysym.BACKSPACE) {
        return become(word.backspace());
      }
      const text = word.toString();
      word = new Word();
      return notHandled().preedit('').commit(text);
    },
    reset() {
      word = new Word();
    },
  };
}

if (process.env.KEYWARDEN_SOCKET) {
  run(begin);
}
