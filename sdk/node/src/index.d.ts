/** Input methods for Keywarden. Lengths and places in text are in code points. */

export type Right =
  | 'RECEIVE_KEYS'
  | 'SET_PREEDIT'
  | 'COMMIT_TEXT'
  | 'SHOW_CANDIDATES'
  | 'READ_SURROUNDING'
  | 'DELETE_SURROUNDING'
  | 'FORWARD_KEY'
  | 'RECEIVE_RELEASES'
  | 'SHOW_PROPERTIES';

export type Hint = 'PRIVATE' | 'MULTILINE' | 'LATIN' | 'SPELLCHECK' | 'COMPLETION';

/** `OTHER`: the field does not say, or says something this version does not know. */
export type Purpose =
  | 'OTHER'
  | 'FREE_FORM'
  | 'ALPHA'
  | 'DIGITS'
  | 'NUMBER'
  | 'PHONE'
  | 'URL'
  | 'EMAIL'
  | 'NAME'
  | 'TERMINAL'
  | 'DATE'
  | 'TIME'
  | 'DATETIME';

export type CandidatesMove = 'PAGE_UP' | 'PAGE_DOWN' | 'CURSOR_UP' | 'CURSOR_DOWN';

/** The field to compose in. It is never a secret one. */
export interface FieldInfo {
  readonly purpose: Purpose;
  readonly hints: ReadonlySet<Hint>;
  /** What the input method may do in it; edits beyond are refused. */
  readonly rights: ReadonlySet<Right>;
  /** Whether what is typed here may be remembered. */
  readonly learning: boolean;
  /** Which of the plugin's input methods is meant, empty if the manifest names none. */
  readonly inputMethod: string;
}

/** One change of one key. */
export class Key {
  constructor(keysym: number, keycode?: number, modifiers?: number, kind?: 'press' | 'repeat' | 'release');
  /** A press without modifiers, for tests: a keysym, or the character it types. */
  static press(key: number | string): Key;
  /** X11 keysym; `Keysym` names the common ones. */
  readonly keysym: number;
  /** evdev key code plus 8, 0 if unknown. */
  readonly keycode: number;
  /** An X11 mask: 1 Shift, 2 Lock, 4 Control, 8 Alt, 64 Super. */
  readonly modifiers: number;
  readonly kind: 'press' | 'repeat' | 'release';
  readonly isPressed: boolean;
  readonly hasShift: boolean;
  /** Whether Control, Alt or Super is held: a shortcut of the application, as a rule. */
  readonly isChord: boolean;
  /** Whether the key is itself a modifier: it types nothing and should change nothing. */
  readonly isModifier: boolean;
  /** The character the key types, empty if none. */
  readonly text: string;
}

export const Keysym: {
  readonly [name in
    | 'SPACE'
    | 'BACKSPACE'
    | 'TAB'
    | 'RETURN'
    | 'ESCAPE'
    | 'HOME'
    | 'LEFT'
    | 'UP'
    | 'RIGHT'
    | 'DOWN'
    | 'PAGE_UP'
    | 'PAGE_DOWN'
    | 'END'
    | 'KEYPAD_ENTER'
    | 'DELETE']: number;
};

export interface Segment {
  start: number;
  end: number;
  style: 'underline' | 'doubleUnderline' | 'lowUnderline' | 'errorUnderline' | 'highlight';
}

export interface PreeditOptions {
  /** The end, unless said. */
  cursor?: number;
  /** What becomes of it when the composition ends first; `commit`, unless said. */
  onLoss?: 'commit' | 'discard';
  segments?: Segment[];
}

export interface CandidatesOptions {
  selected?: number;
  /** 1 to 16, 10 unless said. */
  pageSize?: number;
  labels?: string[];
  orientation?: 'asTheDesktopLikes' | 'horizontal' | 'vertical';
  selectionShown?: boolean;
}

export interface Property {
  key: string;
  kind: 'normal' | 'toggle' | 'choice' | 'menu' | 'separator';
  label?: string;
  symbol?: string;
  tooltip?: string;
  sensitive?: boolean;
  visible?: boolean;
  checked?: boolean;
  /** Key of the menu it is in, which stands before it. */
  menu?: string;
}

interface Editing<T> {
  /** Also puts text into the field; nothing if it is empty. */
  commit(text: string): T;
  /** Also shows text under composition; an empty one takes it away. */
  preedit(text: string, options?: PreeditOptions): T;
  /** Also shows candidates, at most 64. */
  candidates(texts: string[], options?: CandidatesOptions): T;
  hideCandidates(): T;
  /** Also shows a line of text beside the candidates; an empty one hides it. */
  auxiliary(text: string): T;
  /** Also shows a menu in place of the one before; takes `SHOW_PROPERTIES`. */
  properties(items: Property[]): T;
  /** Also deletes text around the cursor; takes `DELETE_SURROUNDING`. */
  deleteSurrounding(offset: number, count: number): T;
}

/** Edits in order, at most 16. Each method returns the edits so far and one more. */
export class Edits implements Editing<Edits> {
  constructor();
  readonly list: readonly object[];
  commit(text: string): Edits;
  preedit(text: string, options?: PreeditOptions): Edits;
  candidates(texts: string[], options?: CandidatesOptions): Edits;
  hideCandidates(): Edits;
  auxiliary(text: string): Edits;
  properties(items: Property[]): Edits;
  deleteSurrounding(offset: number, count: number): Edits;
}

/** What an input method does with a key: whether it used it, and what the key caused, in order. */
export interface Response extends Editing<Response> {
  readonly isHandled: boolean;
  readonly edits: Edits;
  /** Also hands this key to the application, here among the edits. Answer it as handled, or it arrives twice. */
  forwardKey(): Response;
}

/** The input method used the key. */
export function handled(edits?: Edits): Response;

/** The application gets the key, after these edits. */
export function notHandled(edits?: Edits): Response;

/** A way to act outside the answer to a key. Does nothing once the composition was reset. */
export interface Outbound {
  /** The broker accepts this for one second after a key or click of the user's. */
  send(edits: Edits): void;
}

export interface SurroundingText {
  text: string;
  cursor: number;
  anchor: number;
}

export interface CandidateClick {
  /** To be checked: the list may have changed while the click was under way. */
  index: number;
  /** 1 left, 2 middle, 3 right. */
  button: number;
  modifiers: number;
}

/**
 * What is being typed into one field, until the capability behind it ends, the application drops it, or a method throws.
 * Then the key goes to the application, a preedit to be kept is committed, and the field goes on with a fresh one.
 */
export interface Composition {
  onKey(key: Key): Response;
  candidateClicked?(click: CandidateClick): Edits;
  candidatesMoved?(move: CandidatesMove): Edits;
  propertyActivated?(key: string, checked: boolean): Edits;
  surroundingChanged?(surrounding: SurroundingText): void;
  /** Called once, first. */
  opened?(outbound: Outbound): void;
  /** Called once, last: drop what was remembered. */
  reset?(): void;
}

/** Serves until the broker ends the session, then ends the process. */
export function run(begin: (field: FieldInfo) => Composition): void;
