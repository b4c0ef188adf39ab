/**
 * Romaji to kana: the input method that comes with Keywarden, and the example to read before
 * writing one.
 *
 * <p>{@link org.keywarden.sample.romaji.RomajiTable}, {@link org.keywarden.sample.romaji.Composer},
 * {@link org.keywarden.sample.romaji.Dictionary} and {@link org.keywarden.sample.romaji.Conversion}
 * are the pure core: letters in, kana and candidates out. {@link
 * org.keywarden.sample.romaji.RomajiComposition} maps keys to them and is, with {@link
 * org.keywarden.sample.romaji.Romaji}, all that knows the SDK.
 *
 * <p>Thread: the SDK's one. May use: the SDK.
 */
@NullMarked
package org.keywarden.sample.romaji;

import org.jspecify.annotations.NullMarked;
