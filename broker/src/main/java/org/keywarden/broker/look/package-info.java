/**
 * Looks at what others control, beside the thread that must not wait for them.
 *
 * <p>Thread: each {@code Looks} has one. May use: nothing else.
 */
@NullMarked
package org.keywarden.broker.look;

import org.jspecify.annotations.NullMarked;
