/**
 * The indicator: what a tray of the desktop shows of where typing goes, and the menu it has. It
 * tells what {@code status} tells and nothing of what is typed.
 *
 * <p>Thread: that of the session's buses, so that a tray that floods costs no key; what is to be
 * shown comes from the seat's, and acts go there. May use: {@code bus}, the seat's types.
 */
@NullMarked
package org.keywarden.broker.indicator;

import org.jspecify.annotations.NullMarked;
