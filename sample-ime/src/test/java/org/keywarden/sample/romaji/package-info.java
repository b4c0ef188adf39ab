/** The sample input method by tables of letters and keys, and by random keys. */
@NullMarked
package org.keywarden.sample.romaji;

import org.jspecify.annotations.NullMarked;
