/** Breaks a rule on purpose. */
@NullMarked
package org.keywarden.planted.cycleb;

import org.jspecify.annotations.NullMarked;
