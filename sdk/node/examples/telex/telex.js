/** Vietnamese by Telex: `Vieetj` becomes Việt. Pure; `main.js` connects it with keys. */

const MARKS = { '^': '\u0302', '(': '\u0306', '+': '\u031b' };
const TONES = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' };
const HORNED = { a: '(', o: '+', u: '+' };

const lower = (letter) => letter.base.toLowerCase();
const isVowel = (letter) => 'aeiouy'.includes(lower(letter));

/** A word under composition: its letters with their marks, and one tone. Immutable. */
export class Word {
  /** @param {{base: string, mark: string}[]} letters */
  constructor(letters = [], tone = '', isPlain = false) {
    this.letters = letters;
    this.tone = tone;
    // Somebody took a mark back: what follows is written as it is typed.
    this.isPlain = isPlain;
    Object.freeze(this);
  }

  get isEmpty() {
    return this.letters.length === 0;
  }

  /** The word after one more key of a to z, in either case. */
  type(character) {
    const key = character.toLowerCase();
    if (this.isPlain) {
      return this.#and(character);
    }
    if (TONES[key] && this.letters.some(isVowel)) {
      return this.tone === key ? this.#without('', character) : new Word(this.letters, key);
    }
    if (key === 'z' && this.tone) {
      return new Word(this.letters, '');
    }
    if (key === 'w') {
      return this.#horned(character);
    }
    if ('aeo'.includes(key)) {
      return this.#marked(character, key, '^');
    }
    return key === 'd' ? this.#marked(character, key, '-') : this.#and(character);
  }

  backspace() {
    const letters = this.letters.slice(0, -1);
    return new Word(letters, letters.some(isVowel) ? this.tone : '', this.isPlain && letters.length > 0);
  }

  /** The word as it is written. */
  toString() {
    const toned = this.tone ? this.#toned() : -1;
    return this.letters
      .map(({ base, mark }, at) => {
        if (mark === '-') {
          return base === 'D' ? 'Đ' : 'đ';
        }
        return (base + (MARKS[mark] ?? '') + (at === toned ? TONES[this.tone] : '')).normalize('NFC');
      })
      .join('');
  }

  #and(base, mark = '') {
    return new Word([...this.letters, { base, mark }], this.tone, this.isPlain);
  }

  #with(at, mark) {
    return this.letters.map((letter, place) => (at.includes(place) ? { ...letter, mark } : letter));
  }

  /** The key that took a tone back is a letter again. */
  #without(tone, character) {
    return new Word([...this.letters, { base: character, mark: '' }], tone, true);
  }

  /** A letter typed twice has a mark; typed thrice, it has none and stands twice. */
  #marked(character, key, mark) {
    const at = this.letters.findLastIndex((letter) => lower(letter) === key);
    const reachable = key === 'd' ? at === 0 : at >= 0 && this.#isLastVowels(at);
    if (!reachable) {
      return this.#and(character);
    }
    if (this.letters[at].mark === mark) {
      return new Word([...this.#with([at], ''), { base: character, mark: '' }], this.tone, true);
    }
    return new Word(this.#with([at], mark), this.tone);
  }

  /** Whether only the vowel's own group and consonants follow. */
  #isLastVowels(at) {
    const after = this.letters.slice(at + 1).map(isVowel);
    return !after.includes(true) || after.every(Boolean) || after.lastIndexOf(true) < after.indexOf(false);
  }

  #horned(character) {
    const at = this.letters.findLastIndex((letter) => HORNED[lower(letter)]);
    if (at < 0) {
      return this.#and(character === 'W' ? 'U' : 'u', '+');
    }
    const letter = this.letters[at];
    if (letter.mark === HORNED[lower(letter)]) {
      return new Word([...this.#with([at], ''), { base: character, mark: '' }], this.tone, true);
    }
    const before = this.letters[at - 1];
    const isUo = lower(letter) === 'o' && before && lower(before) === 'u' && !this.#isQu(at - 1);
    // In "ua" it is the u that changes, but for "qua".
    const isUa = lower(letter) === 'a' && before && lower(before) === 'u' && !this.#isQu(at - 1);
    if (isUa) {
      return new Word(this.#with([at - 1], '+'), this.tone);
    }
    return new Word(this.#with(isUo ? [at - 1, at] : [at], HORNED[lower(letter)]), this.tone);
  }

  #isQu(at) {
    return lower(this.letters[at]) === 'u' && at > 0 && lower(this.letters[at - 1]) === 'q';
  }

  /** Where the tone stands: on the last marked vowel, else by what follows the vowels. */
  #toned() {
    const { letters } = this;
    let vowels = letters.map((letter, at) => (isVowel(letter) ? at : -1)).filter((at) => at >= 0);
    // The first group only, without the u of "qu" and the i of "gi" before another vowel.
    const last = vowels.findIndex((at, place) => vowels[place + 1] !== at + 1);
    vowels = vowels.slice(0, last + 1);
    const isGi = vowels[0] === 1 && lower(letters[0]) === 'g' && lower(letters[1]) === 'i';
    if (vowels.length > 1 && (isGi || this.#isQu(vowels[0]))) {
      vowels = vowels.slice(1);
    }
    const marked = vowels.findLast((at) => letters[at].mark);
    if (marked !== undefined) {
      return marked;
    }
    const isClosed = vowels.at(-1) < letters.length - 1;
    if (vowels.length === 3) {
      return vowels[1];
    }
    return vowels.length === 2 && isClosed ? vowels[1] : vowels[0];
  }
}
