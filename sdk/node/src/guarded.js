import { Edits, Response, notHandled } from './edits.js';

const NO_EDITS = new Edits();

/** The author's compositions in one field, called so that a fault costs neither a key nor text that is shown. */
export class GuardedComposition {
  #begin;
  #field;
  #outlets;
  #log;
  #current;
  #outlet;
  #shown;
  #choosing;
  #explaining;

  constructor(begin, field, outlets, log) {
    this.#begin = begin;
    this.#field = field;
    this.#outlets = outlets;
    this.#log = log;
  }

  begin() {
    this.#shown = undefined;
    this.#choosing = this.#explaining = false;
    try {
      this.#current = this.#begin(this.#field);
      if (typeof this.#current?.onKey !== 'function') {
        throw new TypeError('begin returned no composition');
      }
    } catch (fault) {
      this.#current = undefined;
      this.#log.fault('begin', fault);
      return;
    }
    this.#outlet = this.#outlets();
    this.#tell('opened', this.#outlet);
  }

  onKey(key) {
    if (!this.#current || !(key.isPressed || this.#field.rights.has('RECEIVE_RELEASES'))) {
      return notHandled();
    }
    try {
      const response = this.#current.onKey(key);
      if (!(response instanceof Response)) {
        throw new TypeError('onKey returned no response');
      }
      this.note(response.edits);
      return response;
    } catch (fault) {
      this.#log.fault('onKey', fault);
      return notHandled(this.#restartAfterFault());
    }
  }

  /** Calls a method that returns edits, if the author wrote it. */
  act(method, ...given) {
    if (typeof this.#current?.[method] !== 'function') {
      return NO_EDITS;
    }
    try {
      const edits = this.#current[method](...given);
      if (!(edits instanceof Edits)) {
        throw new TypeError(`${method} returned no edits`);
      }
      this.note(edits);
      return edits;
    } catch (fault) {
      this.#log.fault(method, fault);
      return this.#restartAfterFault();
    }
  }

  surroundingChanged(surrounding) {
    this.#tell('surroundingChanged', surrounding);
  }

  /** The composition is gone and the field goes on. */
  restart() {
    this.end();
    this.begin();
  }

  /** The composition is gone. */
  end() {
    this.#outlet?.close();
    this.#outlet = undefined;
    const ended = this.#current;
    this.#current = undefined;
    this.#tell('reset', undefined, ended);
  }

  /** Remembers what the field shows, so that it can be put right after a fault. */
  note(edits) {
    for (const { preedit, candidates, auxiliary } of edits.list) {
      if (preedit) {
        this.#shown = preedit.text ? preedit : undefined;
      } else if (candidates) {
        this.#choosing = candidates.texts.length > 0;
      } else if (auxiliary) {
        this.#explaining = auxiliary.text !== '';
      }
    }
  }

  #tell(method, given, composition = this.#current) {
    if (typeof composition?.[method] === 'function') {
      try {
        composition[method](given);
      } catch (fault) {
        this.#log.fault(method, fault);
      }
    }
  }

  #restartAfterFault() {
    let tidy = NO_EDITS;
    if (this.#choosing) {
      tidy = tidy.hideCandidates();
    }
    if (this.#explaining) {
      tidy = tidy.auxiliary('');
    }
    if (this.#shown) {
      const { text, end } = this.#shown;
      tidy = tidy.preedit('');
      tidy = end === 1 ? tidy.commit(text) : tidy;
    }
    this.restart();
    return tidy;
  }
}
