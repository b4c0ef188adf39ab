const MOST = 100;

/** What the plugin prints: which class was thrown and where; never a message, which may hold what was typed. */
export class FaultLog {
  #out;
  #entries = 0;

  constructor(out) {
    this.#out = out;
  }

  say(sentence) {
    this.#entries++;
    if (this.#entries <= MOST) {
      this.#out.write(`keywarden: ${sentence}\n`);
    } else if (this.#entries === MOST + 1) {
      this.#out.write(`keywarden: nothing more is printed after ${MOST} entries\n`);
    }
  }

  fault(during, fault) {
    this.say(`${during} threw ${nameOf(fault)}${framesOf(fault)}`);
  }
}

function nameOf(fault) {
  return fault instanceof Error ? fault.constructor.name : typeof fault;
}

function framesOf(fault) {
  if (!(fault instanceof Error) || typeof fault.stack !== 'string') {
    return '';
  }
  // A stack begins with the message, of any number of lines.
  const header = String(fault);
  return fault.stack.startsWith(header) ? fault.stack.slice(header.length) : '';
}
