/**
 * Verification of a log as a fold: what is known of it, a shipment, and what is known then. Knows
 * nothing of Kafka, files or clocks.
 *
 * <p>Thread: one per object. May use: {@code audit}, {@code proto}.
 */
@NullMarked
package org.keywarden.fleet.fold;

import org.jspecify.annotations.NullMarked;
