/**
 * The objects IBus serialises (libibus, IBusSerializable): a struct whose first two members are the
 * type's name and a dictionary of attachments. Readers accept the struct directly or within
 * variants, demand the one name expected, and drop attachments.
 *
 * <p>Thread: any; everything is immutable. May use: {@code wire}.
 */
@NullMarked
package org.keywarden.ibus.object;

import org.jspecify.annotations.NullMarked;
