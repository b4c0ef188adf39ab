/** A plain client of the IBus door. May use the D-Bus codec and nothing of the broker's code. */
@NullMarked
package org.keywarden.conformance.door;

import org.jspecify.annotations.NullMarked;
