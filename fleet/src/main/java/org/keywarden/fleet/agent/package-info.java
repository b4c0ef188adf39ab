/**
 * Ships the log of one machine. Reads the log's files and nothing else.
 *
 * <p>Thread: one. May use: {@code audit}, {@code proto}, {@code fleet.kafka}, Kafka's clients.
 */
@NullMarked
package org.keywarden.fleet.agent;

import org.jspecify.annotations.NullMarked;
