/**
 * What an author of an input method compiles against: implement {@link
 * org.keywarden.ime.InputMethod}, call {@link org.keywarden.ime.Plugin#run}. Connecting, keys,
 * capabilities and renewals are done here.
 *
 * <p>Thread: everything of the author's is called on one thread, the transport's event loop, never
 * concurrently.
 */
@NullMarked
package org.keywarden.ime;

import org.jspecify.annotations.NullMarked;
