// Logcheck holds proofs of inclusion and a checkpoint to @sigstore/verify.
//
// Usage: node logcheck.js FILE
//
// FILE holds JSON: the note "checkpoint", the log's verifier "keys" as C2SP signed-note writes them (the package
// wants to know every signature's key, and after a rotation both sign), and "proofs", each with "index", "size", "root", "entry" and "hashes" (numbers as text, bytes in base64).
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

// The package's own entry point verifies whole Sigstore bundles; these two are what it checks a log with.
const inside = path.join(path.dirname(require.resolve('@sigstore/verify')), 'timestamp');
const { verifyMerkleInclusion } = require(path.join(inside, 'merkle.js'));
const { verifyCheckpoint } = require(path.join(inside, 'checkpoint.js'));

// RFC 8410: what precedes the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo.
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function log(verifierKey) {
  const [, id, key] = /^[^+]+\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey);
  return {
    logID: Buffer.concat([Buffer.from(id, 'hex'), Buffer.alloc(28)]),
    publicKey: crypto.createPublicKey({
      key: Buffer.concat([SPKI, Buffer.from(key, 'base64').subarray(1)]),
      format: 'der',
      type: 'spki',
    }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  };
}

const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
try {
  for (const proof of given.proofs) {
    const entry = {
      canonicalizedBody: Buffer.from(proof.entry, 'base64'),
      integratedTime: '0',
      inclusionProof: {
        logIndex: proof.index,
        treeSize: proof.size,
        rootHash: Buffer.from(proof.root, 'base64'),
        hashes: proof.hashes.map((hash) => Buffer.from(hash, 'base64')),
        checkpoint: { envelope: given.checkpoint },
      },
    };
    verifyMerkleInclusion(entry);
    verifyCheckpoint(entry, given.keys.map(log));
  }
  console.log(`holds: ${given.proofs.length} proofs`);
} catch (error) {
  console.log(`refused: ${error.message}`);
}
