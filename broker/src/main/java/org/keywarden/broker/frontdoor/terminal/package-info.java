/**
 * Terminals in which a program asks for something it does not show: the one secret no application
 * announces.
 *
 * <p>Thread: the seat's, but for looks, each of which has a thread of its own: they open terminals,
 * and whoever else uses a terminal can make that last. May use: nothing else.
 */
@NullMarked
package org.keywarden.broker.frontdoor.terminal;

import org.jspecify.annotations.NullMarked;
