/**
 * The whole path of a key, from an application to its answer, through Keywarden and through what
 * people use today, with the same client and in the same run.
 *
 * <p>Thread: the caller's. May use: {@code live}, {@code org.keywarden.client}, {@code
 * org.keywarden.ibus}.
 */
@NullMarked
package org.keywarden.benchmarks.path;

import org.jspecify.annotations.NullMarked;
