/**
 * Starts the broker: options, wiring, the event loop, clocks and randomness. The only package that
 * knows Guice, and the only one that reads a clock or draws a random number.
 *
 * <p>Thread: {@code main} until the loop runs, then the loop. May use: everything.
 */
@NullMarked
package org.keywarden.broker.app;

import org.jspecify.annotations.NullMarked;
