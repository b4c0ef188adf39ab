/**
 * Rules over records, in CEL.
 *
 * <p>Thread: any. May use: {@code proto}, {@code fleet.fold}, cel-java.
 */
@NullMarked
package org.keywarden.fleet.rules;

import org.jspecify.annotations.NullMarked;
