/**
 * Tiles and entry bundles of C2SP tlog-tiles: their paths, their bytes, and the tree in them.
 *
 * <p>Thread: any, except {@link org.keywarden.audit.tile.TileTree}, which belongs to one. May use:
 * {@code merkle}.
 */
@NullMarked
package org.keywarden.audit.tile;

import org.jspecify.annotations.NullMarked;
