/**
 * What an engine shows, as the edits of an input method: bounded, and nothing that a broker would
 * refuse.
 *
 * <p>Thread: the host's event loop. May use: {@code org.keywarden.ibus}, the SDK's words.
 */
@NullMarked
package org.keywarden.engine.screen;

import org.jspecify.annotations.NullMarked;
