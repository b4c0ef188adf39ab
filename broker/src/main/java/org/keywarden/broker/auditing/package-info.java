/**
 * What is recorded of grants, and the port to the log that keeps it.
 *
 * <p>Thread: the seat's. May use: the seat's types.
 */
@NullMarked
package org.keywarden.broker.auditing;

import org.jspecify.annotations.NullMarked;
