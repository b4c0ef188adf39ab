/**
 * What the accessibility bus says of the object that has an application's focus. It comes from a
 * process of its own, which listens there.
 *
 * <p>Thread: the seat's, but for the reading of that process. May use: budgets, for who a process
 * is, and how processes are started again.
 */
@NullMarked
package org.keywarden.broker.frontdoor.accessibility;

import org.jspecify.annotations.NullMarked;
