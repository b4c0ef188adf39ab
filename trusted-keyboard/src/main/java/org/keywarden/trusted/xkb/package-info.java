/**
 * Dead keys and Compose sequences, from libxkbcommon.
 *
 * <p>Thread: the one that opened the sequences. May use: {@code java.lang.foreign} only.
 */
@NullMarked
package org.keywarden.trusted.xkb;

import org.jspecify.annotations.NullMarked;
