/**
 * A client of the IBus door and of session buses, for the conformance kit, the demonstration, and
 * whoever measures or tests. Blocks; each object is for one thread. May use the D-Bus codec and
 * nothing of the broker's code.
 */
@NullMarked
package org.keywarden.client.bus;

import org.jspecify.annotations.NullMarked;
