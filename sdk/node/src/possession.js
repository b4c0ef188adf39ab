import { generateKeyPairSync, sign } from 'node:crypto';

/** PASETO's pre-authentication encoding: the number of parts, then each after its length. */
function frame(...parts) {
  const length = (value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  };
  return Buffer.concat([length(parts.length), ...parts.flatMap((each) => [length(each.length), each])]);
}

/** The key whose possession this process proves (proto/README.md); made at start, never stored. */
export class HolderKey {
  #private;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.#private = privateKey;
    this.raw = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url');
  }

  toRegister(nonce) {
    return sign(null, frame(Buffer.from('keywarden.v1.register'), nonce, this.raw), this.#private);
  }

  toPresent(nonce, token) {
    return sign(null, frame(Buffer.from('keywarden.v1.present'), nonce, token), this.#private);
  }
}
