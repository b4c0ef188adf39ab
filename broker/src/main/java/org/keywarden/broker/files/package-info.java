/**
 * Files that others may change while they are looked at: held by descriptors, walked without
 * following a link, read only where they are regular and only up to a bound.
 *
 * <p>Thread: any, one at a time for each object; never the seat's. May use: nothing of the broker.
 */
@NullMarked
package org.keywarden.broker.files;

import org.jspecify.annotations.NullMarked;
