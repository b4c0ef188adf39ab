/** Breaks a rule on purpose. */
@NullMarked
package org.keywarden.planted.cyclea;

import org.jspecify.annotations.NullMarked;
