/**
 * The user's Compose rules: several files that may include each other, gathered into one that the
 * trusted keyboard's sandbox shows. Files are read beside the seat's thread.
 */
@NullMarked
package org.keywarden.broker.compose;

import org.jspecify.annotations.NullMarked;
