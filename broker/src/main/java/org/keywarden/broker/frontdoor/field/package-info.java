/**
 * What a door finds out about a field beside what its application says of it, whichever protocol
 * that speaks: terminals, masked text, the accessibility bus; and timers for that.
 *
 * <p>Thread: the seat's. May use: {@code frontdoor.terminal}, {@code frontdoor.accessibility},
 * {@code seat}.
 */
@NullMarked
package org.keywarden.broker.frontdoor.field;

import org.jspecify.annotations.NullMarked;
