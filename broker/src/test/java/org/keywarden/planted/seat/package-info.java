/** Breaks a rule on purpose. */
@NullMarked
package org.keywarden.planted.seat;

import org.jspecify.annotations.NullMarked;
