/**
 * Terminals in which a program asks for something it does not show: the one secret no application
 * announces.
 *
 * <p>Thread: the seat's, but for finding terminals, which reads much of {@code /proc} and has a
 * thread of its own. May use: nothing else.
 */
@NullMarked
package org.keywarden.broker.frontdoor.terminal;

import org.jspecify.annotations.NullMarked;
