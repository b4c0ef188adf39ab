/**
 * Ed25519 through Bouncy Castle, the only package of this module that knows it.
 *
 * <p>Thread: any. May use: {@code note}, Bouncy Castle.
 */
@NullMarked
package org.keywarden.audit.signer;

import org.jspecify.annotations.NullMarked;
