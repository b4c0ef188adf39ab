/** Input methods for Keywarden. Pass what begins a composition to `run`. */
import grpc from '@grpc/grpc-js';
import { ComposeCall } from './compose.js';
import { PluginService, nameOf, reasonOf } from './contract.js';
import { FaultLog } from './faults.js';
import { HolderKey } from './possession.js';

export { Edits, Response, handled, notHandled } from './edits.js';
export { Key, Keysym } from './keys.js';

// Retries are off: a retried call would buffer what was typed and could say it twice. Surrounding text, the longest
// message, is 4,096 code points.
const OPTIONS = {
  'grpc.default_authority': 'keywarden',
  'grpc.enable_retries': 0,
  'grpc.enable_http_proxy': 0,
  'grpc.service_config_disable_resolution': 1,
  'grpc.max_receive_message_length': 64 * 1024,
};

/**
 * Serves until the broker ends the session, then ends the process. A plugin does not reconnect: the broker that started
 * it is its only one, and starts it again when needed. Exit status 0: served; 64: not started by a broker; 69: the
 * broker's socket is not served; 77: the broker did not register this plugin.
 */
export function run(begin) {
  const log = new FaultLog(process.stderr);
  process.on('uncaughtException', (fault) => {
    log.fault('something outside a callback', fault);
    process.exit(70);
  });
  serve(begin, process.env, log).then(({ status, sentence }) => {
    if (sentence) {
      process.stderr.write(`keywarden: ${sentence}\n`);
    }
    process.exit(status);
  });
}

async function serve(begin, environment, log) {
  for (const each of ['KEYWARDEN_SOCKET', 'KEYWARDEN_PLUGIN_ID']) {
    if (!environment[each]) {
      return {
        status: 64,
        sentence:
          `this input method is a plugin of Keywarden and does not run by itself: ${each} is not set.` +
          ' Put it, with its manifest.yaml, where the broker looks for plugins; the broker starts it.',
      };
    }
  }
  return new Session(begin, environment.KEYWARDEN_SOCKET, environment.KEYWARDEN_PLUGIN_ID, log).run();
}

/** The plugin's one session with the broker. */
class Session {
  #begin;
  #socket;
  #id;
  #log;
  #holder = new HolderKey();
  #calls = new Map();
  #nonce = Buffer.alloc(0);
  #registered = false;
  #client;

  constructor(begin, socket, id, log) {
    this.#begin = begin;
    this.#socket = socket;
    this.#id = id;
    this.#log = log;
  }

  run() {
    this.#client = new PluginService(`unix:${this.#socket}`, grpc.credentials.createInsecure(), OPTIONS);
    const session = this.#client.connect();
    return new Promise((resolve) => {
      session.on('data', (message) => this.#take(message, session));
      session.on('error', (error) => resolve(this.#ending(error)));
      session.on('end', () => resolve(this.#ending(undefined)));
    });
  }

  #take(message, session) {
    const said = message[message.message];
    switch (message.message) {
      case 'welcome':
        this.#nonce = said.connectionNonce;
        session.write({
          register: { pluginId: this.#id, holderKey: this.#holder.raw, proof: this.#holder.toRegister(this.#nonce) },
        });
        break;
      case 'registered':
        this.#registered = true;
        break;
      case 'grantOffered':
        this.#compose(said);
        break;
      case 'grantRenewed':
        this.#calls.get(said.grant)?.renew(said.token);
        break;
      case 'grantRevoked':
        this.#calls.get(said.grant)?.revoke();
        break;
    }
  }

  #compose(offer) {
    const metadata = new grpc.Metadata();
    metadata.set('keywarden-token-bin', offer.token);
    metadata.set('keywarden-proof-bin', this.#holder.toPresent(this.#nonce, offer.token));
    const over = () => this.#calls.delete(offer.grant);
    this.#calls.set(offer.grant, new ComposeCall(this.#begin, offer, this.#client.compose(metadata), over, this.#log));
  }

  #ending(error) {
    [...this.#calls.values()].forEach((each) => each.revoke());
    if (this.#registered) {
      return { status: 0 };
    }
    const reason = error ? reasonOf(error) : 'it ended the session';
    if (reason) {
      return {
        status: 77,
        sentence: `the broker did not register ${this.#id}: ${reason} (proto/README.md explains it)`,
      };
    }
    return {
      status: 69,
      sentence: `no broker serves KEYWARDEN_SOCKET=${this.#socket} (${nameOf(error)}). Is the broker running?`,
    };
  }
}
