/** Breaks a rule on purpose. */
@NullMarked
package org.keywarden.planted.plugin;

import org.jspecify.annotations.NullMarked;
