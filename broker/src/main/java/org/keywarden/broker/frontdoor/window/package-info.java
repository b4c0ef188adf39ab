/**
 * Whether a program's event loop has come around, asked of its window: decision 0105.
 *
 * <p>Thread: the seat's. May use: nothing else.
 */
@NullMarked
package org.keywarden.broker.frontdoor.window;

import org.jspecify.annotations.NullMarked;
