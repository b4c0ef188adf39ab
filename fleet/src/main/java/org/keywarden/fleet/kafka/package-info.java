/**
 * What agent and verifier both need of Kafka: its client file, and the topics.
 *
 * <p>Thread: any. May use: Kafka's clients.
 */
@NullMarked
package org.keywarden.fleet.kafka;

import org.jspecify.annotations.NullMarked;
