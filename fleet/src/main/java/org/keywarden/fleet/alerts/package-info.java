/**
 * Alerts for other programs.
 *
 * <p>Thread: one per object. May use: {@code fleet.kafka}, {@code proto}, Kafka's clients.
 */
@NullMarked
package org.keywarden.fleet.alerts;

import org.jspecify.annotations.NullMarked;
