/** Breaks a rule on purpose. */
@NullMarked
package org.keywarden.planted.app;

import org.jspecify.annotations.NullMarked;
