/**
 * Romaji to kana: a sample input method, complete enough to type Japanese kana with.
 *
 * <p>Thread: the SDK's one. {@link org.keywarden.sample.romaji.Composer} is the pure core; {@link
 * org.keywarden.sample.romaji.Main} is all that knows the SDK.
 */
@NullMarked
package org.keywarden.sample.romaji;

import org.jspecify.annotations.NullMarked;
