/**
 * What the files of IBus's components say, and what their programs list.
 *
 * <p>Thread: any. May use: nothing else.
 */
@NullMarked
package org.keywarden.ibus.component;

import org.jspecify.annotations.NullMarked;
