/**
 * How a component's program lists engines.
 *
 * <p>Thread: any. May use: {@code org.keywarden.ibus.component}.
 */
@NullMarked
package org.keywarden.engine.component;

import org.jspecify.annotations.NullMarked;
