/**
 * Packs: one signed file that holds a plugin, as its publisher gives it away.
 *
 * <p>Thread: a tool's, or the broker's before the seat's begins. May use: {@code files}, and of the
 * log its signed notes and keys.
 */
@NullMarked
package org.keywarden.broker.plugin.pack;

import org.jspecify.annotations.NullMarked;
