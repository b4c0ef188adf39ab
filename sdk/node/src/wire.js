/** The vocabulary of authors, translated from that of the wire. */
import { Key } from './keys.js';

const PURPOSES = [
  'OTHER', 'FREE_FORM', 'ALPHA', 'DIGITS', 'NUMBER', 'PHONE', 'URL', 'EMAIL', 'NAME', 'OTHER', 'OTHER', 'TERMINAL', 'DATE', 'TIME', 'DATETIME',
];
const HINTS = { 3: 'PRIVATE', 4: 'MULTILINE', 5: 'LATIN', 6: 'SPELLCHECK', 7: 'COMPLETION' };
const RIGHTS = {
  1: 'RECEIVE_KEYS',
  2: 'SET_PREEDIT',
  3: 'COMMIT_TEXT',
  4: 'SHOW_CANDIDATES',
  5: 'READ_SURROUNDING',
  6: 'DELETE_SURROUNDING',
  7: 'FORWARD_KEY',
  8: 'RECEIVE_RELEASES',
  9: 'SHOW_PROPERTIES',
};
const MOVES = { 1: 'PAGE_UP', 2: 'PAGE_DOWN', 3: 'CURSOR_UP', 4: 'CURSOR_DOWN' };
const KINDS = { 1: 'press', 3: 'repeat' };

export function key({ keysym, keycode, modifiers, action }) {
  // Of a kind this version does not know: a release causes least.
  return new Key(keysym, keycode, modifiers, KINDS[action] ?? 'release');
}

export function field({ contentType, rights, learning, inputMethod }) {
  return Object.freeze({
    purpose: PURPOSES[contentType?.purpose ?? 0] ?? 'OTHER',
    hints: known(HINTS, contentType?.hints ?? []),
    rights: known(RIGHTS, rights),
    learning,
    inputMethod,
  });
}

function known(names, numbers) {
  return new Set(numbers.map((each) => names[each]).filter(Boolean));
}

/** Undefined for one that this version does not know. */
export function move(number) {
  return MOVES[number];
}
