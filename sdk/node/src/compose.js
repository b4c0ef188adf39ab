import { isOrdinaryEnd, nameOf, refusalName } from './contract.js';
import { Edits } from './edits.js';
import { GuardedComposition } from './guarded.js';
import * as wire from './wire.js';

/** One capability in use: keys go to the author's composition, its answers back in their order. */
export class ComposeCall {
  #stream;
  #whenOver;
  #log;
  #composition;
  #refusalsSaid = new Set();
  #over = false;

  constructor(begin, offer, stream, whenOver, log) {
    this.#stream = stream;
    this.#whenOver = whenOver;
    this.#log = log;
    this.#composition = new GuardedComposition(begin, wire.field(offer), () => this.#outlet(), log);
    stream.on('data', (message) => this.#take(message));
    stream.on('drain', () => stream.resume());
    stream.on('end', () => this.#end());
    stream.on('error', (error) => {
      if (!this.#over && !isOrdinaryEnd(error)) {
        log.say(`the broker ended the use of a capability: ${nameOf(error)}`);
      }
      this.#end();
    });
  }

  renew(token) {
    this.#send({ renewal: token });
  }

  /** The capability ended: nothing is sent any more. */
  revoke() {
    if (!this.#over) {
      this.#end();
      this.#stream.cancel();
    }
  }

  #end() {
    if (!this.#over) {
      this.#over = true;
      this.#composition.end();
      this.#whenOver();
    }
  }

  #take(message) {
    if (this.#over) {
      return;
    }
    const composition = this.#composition;
    const said = message[message.message];
    switch (message.message) {
      case 'opened':
        composition.begin();
        break;
      case 'key':
        this.#answer(said);
        break;
      case 'surroundingText':
        composition.surroundingChanged(said);
        break;
      case 'candidateClicked':
        this.#sendEach(composition.act('candidateClicked', said));
        break;
      case 'candidatesMoved': {
        const move = wire.move(said.move);
        this.#sendEach(move ? composition.act('candidatesMoved', move) : new Edits());
        break;
      }
      case 'propertyActivated':
        this.#sendEach(composition.act('propertyActivated', said.key, said.checked));
        break;
      case 'compositionReset':
        composition.restart();
        break;
      case 'actionRefused':
        this.#refused(said.refusal);
        break;
    }
  }

  #answer({ sequence, key }) {
    const { isHandled, edits } = this.#composition.onKey(wire.key(key));
    this.#send({ answer: { sequence, handled: isHandled, actions: edits.list } });
  }

  #refused(refusal) {
    if (!this.#refusalsSaid.has(refusal)) {
      this.#refusalsSaid.add(refusal);
      this.#log.say(
        `the broker refused an edit: ${refusalName(refusal)}` +
          ' (said once for each field; proto/keywarden/plugin/v1/plugin.proto explains it)',
      );
    }
  }

  #sendEach(edits) {
    edits.list.forEach((action) => this.#send({ action }));
  }

  /** While what was sent waits, nothing is read: the broker sees that the plugin is slow. */
  #send(request) {
    if (!this.#over && !this.#stream.write(request)) {
      this.#stream.pause();
    }
  }

  #outlet() {
    let open = true;
    return {
      send: (edits) => {
        if (!(edits instanceof Edits)) {
          throw new TypeError('these are no edits');
        }
        // After the answer that is under way.
        setImmediate(() => {
          if (open) {
            this.#composition.note(edits);
            this.#sendEach(edits);
          }
        });
      },
      close: () => {
        open = false;
      },
    };
  }
}
