/**
 * The verifier: a Kafka Streams application that folds each log in its partition.
 *
 * <p>Thread: one per stream task; the rest says its own. May use: {@code fleet.fold}, {@code
 * fleet.rules}, {@code fleet.page}, {@code fleet.kafka}, Kafka Streams.
 */
@NullMarked
package org.keywarden.fleet.verify;

import org.jspecify.annotations.NullMarked;
