/**
 * Text that others wrote, made safe to show.
 *
 * <p>Thread: any.
 */
@NullMarked
package org.keywarden.proto.text;

import org.jspecify.annotations.NullMarked;
