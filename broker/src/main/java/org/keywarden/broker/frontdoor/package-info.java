/**
 * What every front door needs to know of its applications.
 *
 * <p>Thread: the seat's. May use: nothing else.
 */
@NullMarked
package org.keywarden.broker.frontdoor;

import org.jspecify.annotations.NullMarked;
