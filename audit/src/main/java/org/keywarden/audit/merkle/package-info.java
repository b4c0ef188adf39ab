/**
 * The SHA-256 Merkle tree of RFC 6962, section 2.1: hashing, proofs, and their verification.
 *
 * <p>Thread: any; everything is immutable or without state. May use: the JDK.
 */
@NullMarked
package org.keywarden.audit.merkle;

import org.jspecify.annotations.NullMarked;
