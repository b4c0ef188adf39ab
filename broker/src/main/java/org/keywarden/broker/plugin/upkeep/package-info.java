/**
 * What a user does to what an engine keeps: its settings, the user's own dictionaries, forgetting.
 * Needs no running broker. The engine can write to all of it, so no link in it is followed.
 *
 * <p>Thread: any, one at a time; never the seat's. May use: {@code files}, {@code sandbox} for
 * words.
 */
@NullMarked
package org.keywarden.broker.plugin.upkeep;

import org.jspecify.annotations.NullMarked;
