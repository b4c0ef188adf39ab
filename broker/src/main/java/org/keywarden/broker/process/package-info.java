/**
 * Child processes: what it takes to start one, and when to start it again.
 *
 * <p>Thread: the seat's. Starts nothing itself: {@code plugin.sandbox} implements the port. May
 * use: {@code rpc}.
 */
@NullMarked
package org.keywarden.broker.process;

import org.jspecify.annotations.NullMarked;
