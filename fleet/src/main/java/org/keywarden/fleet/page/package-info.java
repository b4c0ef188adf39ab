/**
 * What an operator sees: the state of all logs, as a page and as JSON.
 *
 * <p>Thread: any; everything is immutable. May use: {@code proto}.
 */
@NullMarked
package org.keywarden.fleet.page;

import org.jspecify.annotations.NullMarked;
