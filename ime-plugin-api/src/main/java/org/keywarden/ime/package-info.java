/**
 * What an author of an input method compiles against: implement {@link
 * org.keywarden.ime.InputMethod}, call {@link org.keywarden.ime.Plugin#run}. Connecting, proving
 * possession, presenting and renewing capabilities are done here; an author never sees a token of
 * the plugin's own.
 *
 * <p>Thread: everything of the author's is called on one thread, the transport's event loop: never
 * concurrently, never from within another call of the author's, keys in the order they were typed.
 * The next key waits while a call runs, and the broker gives up on a key after 150 ms, so nothing
 * here may block. Only {@link org.keywarden.ime.Outbound} may be used from other threads.
 *
 * <p>May use: the wire contracts, gRPC, Netty, Bouncy Castle. None of them is part of what is
 * public here.
 */
@NullMarked
package org.keywarden.ime;

import org.jspecify.annotations.NullMarked;
