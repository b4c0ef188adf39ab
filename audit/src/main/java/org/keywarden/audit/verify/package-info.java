/**
 * Reads and verifies a log from its files alone, whether a broker writes it or not.
 *
 * <p>Thread: one per object. May use: every other package of the module, none of them to write.
 */
@NullMarked
package org.keywarden.audit.verify;

import org.jspecify.annotations.NullMarked;
