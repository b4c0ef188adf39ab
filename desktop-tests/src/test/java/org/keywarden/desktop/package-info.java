/**
 * Real applications on a display of their own, typing through the installed broker with a real
 * input method; what the input method saw is proven by what its own process wrote down.
 */
@NullMarked
package org.keywarden.desktop;

import org.jspecify.annotations.NullMarked;
