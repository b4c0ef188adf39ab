/**
 * The demonstration: a Kafka, desktops with real logs, the verifier and its page, on one machine.
 *
 * <p>Thread: one, but for what its parts say. May use: every other package of the module.
 */
@NullMarked
package org.keywarden.fleet.demo;

import org.jspecify.annotations.NullMarked;
