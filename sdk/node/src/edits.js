/** What an input method does to its field. Bounds are in code points; errors say nothing of the text. */

export const MOST_TEXT = 1024;
export const MOST_EDITS = 16;

function within(what, value, least, most) {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${what} is ${value}, expected ${least} to ${most}`);
  }
}

function length(what, text, least, most) {
  if (typeof text !== 'string' || /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) {
    throw new RangeError(`${what} is no well-formed text`);
  }
  const points = [...text].length;
  within(`length of ${what} in code points`, points, least, most);
  return points;
}

const STYLES = { underline: 1, doubleUnderline: 2, lowUnderline: 3, errorUnderline: 4, highlight: 5 };
const ORIENTATIONS = { asTheDesktopLikes: 0, horizontal: 1, vertical: 2 };
const KINDS = { normal: 1, toggle: 2, choice: 3, menu: 4, separator: 5 };

function named(what, names, name) {
  if (!Object.hasOwn(names, name)) {
    throw new RangeError(`${what} is none of ${Object.keys(names).join(', ')}`);
  }
  return names[name];
}

function preedit(text, { cursor, onLoss = 'commit', segments = [] } = {}) {
  const points = length('preedit', text, 0, MOST_TEXT);
  within('cursor', cursor ?? points, 0, points);
  within('number of segments', segments.length, 0, 32);
  for (const { start, end } of segments) {
    within('start of a segment', start, 0, MOST_TEXT - 1);
    within('end of a segment', end, start + 1, points);
  }
  return {
    text,
    cursor: cursor ?? points,
    end: named('onLoss', { discard: 0, commit: 1 }, onLoss),
    segments: segments.map(({ start, end, style }) => ({ start, end, style: named('style', STYLES, style) })),
  };
}

function candidates(texts, options = {}) {
  const { selected = 0, pageSize = 10, labels = [], orientation = 'asTheDesktopLikes', selectionShown = true } = options;
  within('number of candidates', texts.length, 0, 64);
  texts.forEach((text) => length('candidate', text, 0, 256));
  within('selected candidate', selected, 0, Math.max(0, texts.length - 1));
  within('page size', pageSize, 1, 16);
  within('number of labels', labels.length, 0, pageSize);
  labels.forEach((label) => length('label', label, 0, 16));
  return {
    texts: [...texts],
    selected,
    pageSize,
    labels: [...labels],
    orientation: named('orientation', ORIENTATIONS, orientation),
    selectionHidden: !selectionShown,
  };
}

function property(item) {
  const { key, kind, label = '', symbol = '', tooltip = '', menu = '' } = item;
  const { sensitive = true, visible = true, checked = false } = item;
  length('key of a property', key, 1, 64);
  length('label of a property', label, 0, 64);
  length('symbol of a property', symbol, 0, 8);
  length('tooltip of a property', tooltip, 0, 128);
  length('menu of a property', menu, 0, 64);
  return {
    key,
    kind: named('kind of a property', KINDS, kind),
    label,
    symbol,
    tooltip,
    insensitive: !sensitive,
    hidden: !visible,
    checked,
    menu,
  };
}

function frozen(value) {
  Object.values(value).forEach((each) => typeof each === 'object' && frozen(each));
  return Object.freeze(value);
}

/** Edits in order. Each method returns the edits so far and one more. `list` has them as the wire does. */
export class Edits {
  constructor(list = []) {
    within('number of edits', list.length, 0, MOST_EDITS);
    this.list = frozen(list);
    Object.freeze(this);
  }

  commit(text) {
    length('committed text', text, 0, MOST_TEXT * MOST_EDITS);
    const points = [...text];
    const parts = [];
    for (let at = 0; at < points.length; at += MOST_TEXT) {
      parts.push({ commit: points.slice(at, at + MOST_TEXT).join('') });
    }
    return this.#and(...parts);
  }

  preedit(text, options) {
    return this.#and({ preedit: preedit(text, options) });
  }

  candidates(texts, options) {
    return this.#and({ candidates: candidates(texts, options) });
  }

  hideCandidates() {
    return this.candidates([]);
  }

  auxiliary(text) {
    length('auxiliary text', text, 0, 256);
    return this.#and({ auxiliary: { text } });
  }

  properties(items) {
    within('number of properties', items.length, 0, 64);
    return this.#and({ properties: { items: items.map(property) } });
  }

  deleteSurrounding(offset, count) {
    within('offset', offset, -4096, 4096);
    within('count', count, 1, 4096);
    return this.#and({ deleteSurrounding: { offset, count } });
  }

  #and(...more) {
    return new Edits([...this.list, ...more]);
  }
}

const NO_EDITS = new Edits();

/** What an input method does with a key. Made by `handled` and `notHandled`; methods as of `Edits`. */
export class Response {
  constructor(isHandled, edits) {
    this.isHandled = isHandled;
    this.edits = edits;
    Object.freeze(this);
  }

  commit(text) {
    return new Response(this.isHandled, this.edits.commit(text));
  }

  preedit(text, options) {
    return new Response(this.isHandled, this.edits.preedit(text, options));
  }

  candidates(texts, options) {
    return new Response(this.isHandled, this.edits.candidates(texts, options));
  }

  hideCandidates() {
    return new Response(this.isHandled, this.edits.hideCandidates());
  }

  auxiliary(text) {
    return new Response(this.isHandled, this.edits.auxiliary(text));
  }

  properties(items) {
    return new Response(this.isHandled, this.edits.properties(items));
  }

  deleteSurrounding(offset, count) {
    return new Response(this.isHandled, this.edits.deleteSurrounding(offset, count));
  }

  forwardKey() {
    return new Response(this.isHandled, new Edits([...this.edits.list, { forwardKey: {} }]));
  }
}

/** The input method used the key. */
export function handled(edits = NO_EDITS) {
  return new Response(true, edits);
}

/** The application gets the key, after these edits. */
export function notHandled(edits = NO_EDITS) {
  return new Response(false, edits);
}
