/**
 * What peers may hold: connections, contexts, calls and bytes, per process and in all. Pure.
 *
 * <p>Thread: any; every operation is short and takes one lock. May use: nothing.
 */
@NullMarked
package org.keywarden.broker.budget;

import org.jspecify.annotations.NullMarked;
