/**
 * Dead keys and Compose sequences through libxkbcommon (xkbcommon-compose.h), by the
 * foreign-function API.
 *
 * <p>Thread: confined to the one that made the objects.
 */
@NullMarked
package org.keywarden.trusted.xkb;

import org.jspecify.annotations.NullMarked;
