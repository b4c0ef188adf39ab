/**
 * What is recorded, and how it gets into the log on disk without holding up the seat.
 *
 * <p>Thread: the seat's for {@link org.keywarden.broker.auditing.AuditTrail} and {@link
 * org.keywarden.broker.auditing.RecentGrants}, the log's for the rest. May use: the seat's types,
 * {@code rpc} (names on the wire), the module {@code audit}.
 */
@NullMarked
package org.keywarden.broker.auditing;

import org.jspecify.annotations.NullMarked;
