/**
 * The command {@code keywarden fleet}: grant logs of many machines, over Kafka.
 *
 * <p>Thread: main. May use: its parts.
 */
@NullMarked
package org.keywarden.fleet;

import org.jspecify.annotations.NullMarked;
